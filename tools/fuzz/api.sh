#!/bin/sh
# Asks a running server for everything that its OpenAPI document allows, and for much that it does
# not, and reports answers of 500 and above, answers of another form than described, and what is
# taken though it should be refused.
#
#   tools/fuzz/api.sh [MORE OPTIONS OF SCHEMATHESIS]
#
# Needs Python with `pip install schemathesis` (tried with 4.32) on the path, and curl. The server is
# this checkout's, on a folder of its own that is removed afterwards; its queue is paused, so that
# nothing of what is asked for is drawn. Without options it takes some minutes. It is not part of
# the build: BadRequestsTest sends the same kinds of bad input without another program.
set -eu

root=$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")
songe=${SONGE:-$root/songe}
folder=$(mktemp -d)
port=${PORT:-7869}
address=http://127.0.0.1:$port

SONGE_MODELS=$folder/models $songe serve --folder "$folder/studio" --port "$port" \
  >"$folder/log" 2>&1 &
server=$!
trap 'kill $server; wait $server || true; cat "$folder/log"; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM

waited=0
until curl --silent --fail --output /dev/null "$address/health"; do
  waited=$((waited + 1))
  [ $waited -lt 120 ] || { echo "the server did not start" >&2; exit 1; }
  sleep 1
done
curl --silent --fail --output /dev/null --request POST "$address/api/queue/pause"

# The stream of events does not end, and nothing is to be drawn. A 4xx is described as default.
schemathesis run "$address/api/openapi.yaml" \
  --exclude-path /api/events \
  --exclude-operation-id resume \
  --seed 1 --max-examples 30 --request-timeout 20 --suppress-health-check all --no-color "$@"
