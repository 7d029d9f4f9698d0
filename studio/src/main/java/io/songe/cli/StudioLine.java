package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.server.Access;
import io.songe.server.Server;
import io.songe.server.ServerOptions;
import io.songe.server.api.ApiDoor;
import io.songe.studio.RunningStudio;
import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line to the studio of a folder: to the one that runs there, or else to one of our own that
 * draws nothing. So there is one way to ask, whoever answers.
 */
final class StudioLine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Surroundings around;
  private final RunningStudio studio;
  private final List<AutoCloseable> own;
  private final HttpClient http = HttpClient.newHttpClient();

  private StudioLine(Surroundings around, RunningStudio studio, List<AutoCloseable> own) {
    this.around = around;
    this.studio = studio;
    this.own = own;
  }

  /**
   * Opens a line.
   *
   * @param folder of the studio
   * @throws InvalidRequestException if there is none
   */
  static StudioLine to(Path folder, Surroundings around) {
    Optional<RunningStudio> running = RunningStudio.of(folder);
    if (running.isPresent()) {
      return new StudioLine(around, running.get(), List.of());
    }
    Studio studio = openIdle(folder, around);
    try {
      String key = Access.newToken();
      ServerOptions options =
          ServerOptions.local().withPort(0).withPage(false).withAccess(Access.token(key));
      Server server = Server.start(options, List.of(new ApiDoor(studio)), List.of());
      URI address = URI.create("http://" + ServerOptions.LOCAL + ":" + server.port() + "/");
      return new StudioLine(around, new RunningStudio(address, key), List.of(server, studio));
    } catch (RuntimeException | Error failed) {
      studio.close();
      throw failed;
    }
  }

  /**
   * Opens a folder that no studio uses, to look after it; nothing is drawn.
   *
   * @throws InvalidRequestException if there is no studio, or one runs there
   */
  static Studio openIdle(Path folder, Surroundings around) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidRequestException(around.say(Text.NO_STUDIO, folder));
    }
    return Studio.open(
        StudioSettings.usual(folder, around.models().folder()).withWorkers(0), Clock.systemUTC());
  }

  /** {@return what the studio answers} */
  JsonNode get(String path) {
    return send(request(path));
  }

  /** Changes something; {@return what the studio answers} */
  JsonNode post(String path) {
    return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(studio.address().resolve(path)).timeout(PATIENCE);
    return studio.key().isEmpty()
        ? request
        : request.header("Authorization", "Bearer " + studio.key());
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      JsonNode json = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() >= 400) {
        throw new InvalidRequestException(json.path("error").path("message").asString());
      }
      return json;
    } catch (IOException | JacksonException failed) {
      throw new StudioUnreachableException(
          around.say(Text.STUDIO_SILENT, studio.address(), String.valueOf(failed.getMessage())),
          failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  @Override
  public void close() {
    http.close();
    for (AutoCloseable each : own) {
      try {
        each.close();
      } catch (Exception failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}
