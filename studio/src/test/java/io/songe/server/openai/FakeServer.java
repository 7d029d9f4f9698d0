package io.songe.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.drawing.Wish;
import io.songe.server.Server;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with this interface alone, behind which a {@link FakeDesk} draws. */
final class FakeServer implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();
  static final String GENERATIONS = "/v1/images/generations";
  static final String EDITS = "/v1/images/edits";
  static final String VARIATIONS = "/v1/images/variations";
  static final String FORM = "multipart/form-data; boundary=frontier";

  final FakeDesk desk;
  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  FakeServer(Path folder) {
    this(folder, Clock.systemUTC());
  }

  FakeServer(Path folder, Clock clock) {
    desk = new FakeDesk(folder);
    server = Server.start("127.0.0.1", 0, List.of(new OpenAiDoor(desk, clock)), false);
  }

  int port() {
    return server.port();
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .header("Content-Type", type)
            .header("Authorization", "Bearer sk-anything")
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** {@return what is at an address, asked for without a key} */
  HttpResponse<byte[]> fetch(String link) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofByteArray());
  }

  /** {@return the answer to a request for a fox with further fields, which is drawn} */
  JsonNode fox(String fields) throws Exception {
    String more = fields.isEmpty() ? "" : ", " + fields.replace('\'', '"');
    return drawn(post(GENERATIONS, "{\"prompt\": \"a fox\"" + more + "}"));
  }

  /** {@return the answer to a form, which is drawn} */
  JsonNode sent(String path, Object... parts) throws Exception {
    return drawn(post(path, FORM, form(parts)));
  }

  private static JsonNode drawn(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  /** {@return what was asked of the desk last} */
  Wish wish() {
    return desk.wishes.getLast();
  }

  /** {@return a form, with names in front of contents; a name that ends with @ is a file's} */
  static byte[] form(Object... parts) {
    var out = new ByteArrayOutputStream();
    for (int i = 0; i < parts.length; i += 2) {
      String name = (String) parts[i];
      String file = name.endsWith("@") ? "; filename=\"x.png\"" : "";
      out.writeBytes(
          utf8(
              "--frontier\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
                  .formatted(name.replace("@", ""), file)));
      out.writeBytes(parts[i + 1] instanceof byte[] bytes ? bytes : utf8((String) parts[i + 1]));
      out.writeBytes(utf8("\r\n"));
    }
    out.writeBytes(utf8("--frontier--\r\n"));
    return out.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
