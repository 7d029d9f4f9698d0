#!/bin/sh
# Asks a running server for everything that its OpenAPI document allows, and for much that it does
# not, and reports answers of 500 and above, and answers of another form than described.
#
#   tools/fuzz/api.sh [MORE OPTIONS OF SCHEMATHESIS]
#
# Needs Python with `pip install schemathesis` (tried with 4.32) on the path, and curl. The server is
# this checkout's, on a folder of its own that is removed afterwards; its queue is paused, so that
# nothing of what is asked for is drawn. Without options it takes some minutes. It is not part of
# the build: BadRequestsTest sends the same kinds of bad input without another program.
#
# What schemathesis checks besides is left out, but can be asked for with --checks all: it does not
# know that a picture in the trash is still there, that a path of control characters is refused by
# the web server before this interface sees it, or that not every file of bytes is a picture.
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

# The stream of events does not end, and nothing is to be drawn.
schemathesis run "$address/api/openapi.yaml" \
  --exclude-path /api/events \
  --exclude-operation-id resume \
  --checks not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance \
  --seed 1 --max-examples 30 --request-timeout 20 --suppress-health-check all --no-color "$@"
