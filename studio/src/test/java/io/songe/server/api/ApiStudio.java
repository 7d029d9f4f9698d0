package io.songe.server.api;

import io.songe.jobs.QueueLimits;
import io.songe.server.Access;
import io.songe.server.Server;
import io.songe.server.ServerOptions;
import io.songe.studio.Studio;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A studio with this interface alone, and a client of it. */
final class ApiStudio implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Studio studio;
  private final ApiDoor door;
  private final Server server;

  ApiStudio(Path folder) {
    this(folder, QueueLimits.USUAL);
  }

  ApiStudio(Path folder, QueueLimits limits) {
    this(folder, limits, Access.OPEN);
  }

  ApiStudio(Path folder, QueueLimits limits, Access access) {
    studio =
        Studio.open(folder.resolve("studio"), folder.resolve("models"), limits, Clock.systemUTC());
    door = new ApiDoor(studio);
    server =
        Server.start(
            ServerOptions.local().withPort(0).withPage(false).withAccess(access),
            List.of(door),
            List.of());
  }

  /** What was answered. */
  static final class Answer {
    private final HttpResponse<byte[]> response;

    private Answer(HttpResponse<byte[]> response) {
      this.response = response;
    }

    int status() {
      return response.statusCode();
    }

    byte[] bytes() {
      return response.body();
    }

    JsonNode json() {
      return JsonMapper.shared().readTree(bytes());
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  Studio studio() {
    return studio;
  }

  ApiDoor door() {
    return door;
  }

  int port() {
    return server.port();
  }

  Answer get(String path) {
    return send("GET", path, "", new byte[0]);
  }

  Answer post(String path, String json) {
    return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String method, String path, String type, byte[] body) {
    return sendAs("", method, path, type, body);
  }

  /** Sends as the user of a token. */
  Answer sendAs(String token, String method, String path, String type, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(LONGEST);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    request.method(
        method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    try {
      HttpResponse<byte[]> response = sent(request.build());
      Answer answer = new Answer(response);
      requireAsDescribed(method, path, answer);
      return answer;
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(method + " " + path, failed);
    }
  }

  /** After some bad requests the server closes the connection, perhaps while it is used again. */
  private HttpResponse<byte[]> sent(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException closed) {
      return client.send(request, BodyHandlers.ofByteArray());
    }
  }

  /** Every answer of every test is compared with the description of the interface. */
  private static void requireAsDescribed(String method, String path, Answer answer) {
    if (answer.header("Content-Type").startsWith("application/json")) {
      OpenApi.DOCUMENT
          .wrong(method, path, answer.status(), answer.json())
          .ifPresent(wrong -> {
            throw new AssertionError("not as openapi.yaml says: " + wrong);
          });
    } else if (answer.status() >= 400 && !isMalformed(answer)) {
      throw new AssertionError(
          method + " " + path + " failed with no JSON: " + answer.status() + " " + answer.text());
    }
  }

  /** What is no address at all never comes to a door. */
  private static boolean isMalformed(Answer answer) {
    return answer.status() == 400 && answer.text().equals("Bad Request");
  }

  /** Sends files as parts of a form. */
  Answer form(String path, String field, String fileName, byte[] file) {
    byte[] head =
        ("--songe\r\nContent-Disposition: form-data; name=\""
                + field
                + "\"; filename=\""
                + fileName
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\r\n--songe--\r\n".getBytes(StandardCharsets.UTF_8);
    byte[] body = new byte[head.length + file.length + tail.length];
    System.arraycopy(head, 0, body, 0, head.length);
    System.arraycopy(file, 0, body, head.length, file.length);
    System.arraycopy(tail, 0, body, head.length + file.length, tail.length);
    return send("POST", path, "multipart/form-data; boundary=songe", body);
  }

  /** Asks for pictures and waits until the job is over. */
  JsonNode draw(String json) {
    Answer answer = post("/api/jobs", json);
    if (answer.status() != 202) {
      throw new IllegalStateException(answer.text());
    }
    return over(answer.json().get("id").stringValue());
  }

  /** Waits until a job is over. */
  JsonNode over(String id) {
    Instant end = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(end)) {
      JsonNode job = get("/api/jobs/" + id).json();
      if (List.of("finished", "failed", "cancelled").contains(job.get("state").stringValue())) {
        return job;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
    throw new IllegalStateException("the job is not over: " + get("/api/jobs/" + id).text());
  }

  @Override
  public void close() {
    server.close();
    studio.close();
    client.close();
  }
}
