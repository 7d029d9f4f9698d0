package io.songe.page;

import io.songe.server.Server;
import io.songe.server.a1111.A1111Door;
import io.songe.server.api.ApiDoor;
import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A studio with its server and page, for tests; it draws small, with few steps, where it is told
 * to.
 */
public final class PageStudio implements AutoCloseable {
  /** Kept in the browser, these let a phrase be drawn within a second. */
  public static final Map<String, String> QUICK =
      Map.of("songe.settings", "{\"width\":64,\"height\":64,\"steps\":2,\"guidance\":1}");

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Studio studio;
  private final Server server;

  private PageStudio(Studio studio, Server server) {
    this.studio = studio;
    this.server = server;
  }

  /** Starts a studio in an empty folder, at any free port. */
  public static PageStudio start(Path folder) {
    return start(folder, 0, 1);
  }

  /** Starts a studio that was there before at the same port, perhaps without a worker. */
  public static PageStudio start(Path folder, int port, int workers) {
    Studio studio =
        Studio.open(
            StudioSettings.usual(folder.resolve("studio"), folder.resolve("models"))
                .withWorkers(workers),
            Clock.systemUTC());
    return new PageStudio(
        studio,
        Server.start(
            "127.0.0.1",
            port,
            List.of(new ApiDoor(studio), new A1111Door(studio, Clock.systemUTC())),
            true));
  }

  public int port() {
    return server.port();
  }

  /** {@return the address of a screen, such as {@code "queue"}} */
  public String at(String screen) {
    return "http://127.0.0.1:" + server.port() + "/#/" + screen;
  }

  /** {@return what the interface answers} */
  public JsonNode get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  /** Sends something to the interface; {@return its answer} */
  public JsonNode post(String path, String json) {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Orders small pictures; {@return the job} */
  public JsonNode order(String phrase, int count) {
    return post(
        "/api/jobs",
        """
        {"phrase": "%s", "style": "3d", "count": %d, "width": 64, "height": 64, "steps": 2, "guidance": 1}
        """
            .formatted(phrase, count));
  }

  /** Waits until nothing is drawn or waits. */
  public void rest() {
    for (int i = 0; i < 1800; i++) {
      JsonNode status = get("/api/status");
      if (status.get("running").asInt() + status.get("queued").asInt() == 0) {
        return;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
    throw new IllegalStateException("the studio has not come to rest within 90 s");
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static JsonNode send(HttpRequest.Builder request) {
    try {
      return JSON.readTree(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    try (studio) {
      server.close();
    }
  }
}
