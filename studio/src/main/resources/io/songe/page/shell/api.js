/** Why the server refused, or that it could not be reached (code "gone"). */
export class ApiFailure extends Error {
  constructor(status, code, message, parameter, retryAfter) {
    super(message);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
    this.retryAfter = retryAfter;
  }
}

/** The server's own interface: `await api.get("/jobs")`. All failures are ApiFailure. */
export const api = {
  get: (path) => ask("GET", path),
  post: (path, body = {}) => ask("POST", path, body),
  patch: (path, body) => ask("PATCH", path, body),
  put: (path, body = {}) => ask("PUT", path, body),
  del: (path) => ask("DELETE", path, {}),
  send,
  url: (path) => `/api${path}`,
  picture: (id) => `/api/pictures/${id}/file`,
  thumbnail: (id, side = 256) => `/api/pictures/${id}/thumbnail?side=${side}`,
};

async function ask(method, path, body) {
  const request = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(`/api${path}`, request);
  } catch (failed) {
    throw new ApiFailure(0, "gone", failed.message);
  }
  return read(answer.status, await answer.text(), answer.headers.get("Retry-After"));
}

/** Sends a picture or a file and tells how far it is: `send("/models", { file, name }, (part) => ...)`. A Blob goes as the body itself. */
function send(path, what, onProgress = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api${path}`);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(new ApiFailure(0, "gone", "not reached"));
    request.onload = () => {
      try {
        resolve(read(request.status, request.responseText, request.getResponseHeader("Retry-After")));
      } catch (failure) {
        reject(failure);
      }
    };
    if (what instanceof Blob) {
      request.setRequestHeader("Content-Type", what.type || "application/octet-stream");
      request.send(what);
      return;
    }
    const form = new FormData();
    Object.entries(what).forEach(([name, value]) => value !== undefined && form.append(name, value));
    request.send(form);
  });
}

function read(status, text, retryAfter) {
  let json = null;
  try {
    json = text ? JSON.parse(text) : null;
  } catch {
    json = null;
  }
  if (status >= 200 && status < 300) {
    return json;
  }
  const error = json?.error ?? {};
  throw new ApiFailure(status, error.code ?? "failed", error.message ?? `HTTP ${status}`, error.parameter, retryAfter ? Number(retryAfter) : undefined);
}
