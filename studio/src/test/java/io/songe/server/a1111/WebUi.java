package io.songe.server.a1111;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.jobs.QueueLimits;
import io.songe.server.Access;
import io.songe.server.Server;
import io.songe.server.ServerLimits;
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
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server with the door, and its client of two users. */
final class WebUi implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();
  static final String TOKEN = "annas-secret-token";
  private static final String OTHER_TOKEN = "bens-secret-token-";

  /** The smallest picture in the fewest steps. */
  static final String SMALL = "'width': 64, 'height': 64, 'steps': 2, 'cfg_scale': 4";

  private final HttpClient client = HttpClient.newHttpClient();
  final Studio studio;
  private final Server server;

  WebUi(Path folder) {
    this(folder, ServerLimits.USUAL);
  }

  WebUi(Path folder, ServerLimits limits) {
    studio =
        Studio.open(
            folder.resolve("studio"),
            folder.resolve("models"),
            QueueLimits.USUAL,
            Clock.systemUTC());
    server =
        Server.start(
            ServerOptions.local()
                .withPort(0)
                .withPage(false)
                .withLimits(limits)
                .withAccess(access()),
            List.of(new A1111Door(studio, Clock.systemUTC())),
            List.of());
  }

  private static Access access() {
    return Access.users(
        List.of(Access.line("anna", TOKEN), Access.line("ben", OTHER_TOKEN)), "users");
  }

  String address() {
    return "http://127.0.0.1:" + server.port();
  }

  int port() {
    return server.port();
  }

  private HttpRequest.Builder to(String path, String token) {
    String credentials =
        Base64.getEncoder().encodeToString(("x:" + token).getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(address() + path))
        .header("Authorization", "Basic " + credentials);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failed) {
      throw new AssertionError("the server did not answer", failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  HttpResponse<String> get(String path) {
    return send(to(path, TOKEN));
  }

  HttpResponse<String> getAsOther(String path) {
    return send(to(path, OTHER_TOKEN));
  }

  /** Quotes may be single. */
  HttpResponse<String> post(String path, String json) {
    return postAs("application/json", path, json.replace('\'', '"'));
  }

  HttpResponse<String> postAs(String type, String path, String body) {
    return send(to(path, TOKEN).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> postAsOther(String path, String json) {
    return send(
        to(path, OTHER_TOKEN)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
  }

  /** {@return the bytes of a request, to be sent by hand} */
  byte[] raw(String path, String json) {
    String body = json.replace('\'', '"');
    String credentials =
        Base64.getEncoder().encodeToString(("x:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    return """
    POST %s HTTP/1.1\r
    Host: 127.0.0.1:%d\r
    Authorization: Basic %s\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(path, port(), credentials, body.length(), body)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** As clients do that have nothing to say. */
  HttpResponse<String> postNothing(String path) {
    return send(to(path, TOKEN).POST(BodyPublishers.noBody()));
  }

  static JsonNode read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    return JSON.readTree(answer.body());
  }

  JsonNode list(String name) {
    return read(get("/sdapi/v1/" + name));
  }

  JsonNode draw(String json) {
    return read(post("/sdapi/v1/txt2img", json));
  }

  static JsonNode info(JsonNode drawn) {
    return JSON.readTree(drawn.path("info").stringValue());
  }

  static Png picture(JsonNode drawn, int index) {
    byte[] file = Base64.getDecoder().decode(drawn.path("images").path(index).stringValue());
    return Png.decode(file, "answer", PngLimits.DEFAULT);
  }

  /** Lets a test see what happens meanwhile, without a busy loop. */
  static void waitFor(BooleanSupplier there) {
    for (int i = 0; i < 2400; i++) {
      if (there.getAsBoolean()) {
        return;
      }
      try {
        Thread.sleep(Duration.ofMillis(25));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new AssertionError(stopped);
      }
    }
    throw new AssertionError("it did not happen within a minute");
  }

  @Override
  public void close() {
    client.close();
    server.close();
    studio.close();
  }
}
