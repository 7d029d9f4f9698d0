package io.songe.cli;

import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code songe rehearse}, for the launcher: does once, in one process, what is done most often, so
 * that Java can remember what it loaded and compiled for it. A small picture is drawn, by the
 * command and by a studio's server.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
  private static final List<String> LOOKED_AT =
      List.of(
          "/",
          "/app.js",
          "/api/status",
          "/api/options",
          "/api/models",
          "/api/pictures",
          "/api/jobs");
  private static final String DRAWING =
      "{\"prompt\":\"songe\",\"size\":\"64x64\",\"response_format\":\"b64_json\"}";

  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.folder}")
  private String folder = "";

  RehearseCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path stage = Files.createDirectories(UserPath.of(folder, around));
    int code =
        Main.run(
            unheard(),
            "imagine",
            "songe",
            "--seed",
            "1",
            "--steps",
            "2",
            "--size",
            "64",
            "--out",
            stage.resolve("start.png").toString());
    StudioSettings settings =
        StudioSettings.usual(stage.resolve("studio"), stage.resolve("models"));
    try (Studio studio = Studio.open(settings, Clock.systemUTC());
        var server = Serving.rehearsal(studio);
        HttpClient http = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + server.port());
      for (String path : LOOKED_AT) {
        http.send(
            HttpRequest.newBuilder(address.resolve(path)).build(),
            HttpResponse.BodyHandlers.discarding());
      }
      http.send(
          HttpRequest.newBuilder(address.resolve("/v1/images/generations"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(DRAWING))
              .build(),
          HttpResponse.BodyHandlers.discarding());
    }
    return code;
  }

  private Surroundings unheard() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Surroundings(
        nowhere,
        nowhere,
        around.answer(),
        around.terminal(),
        around.messages(),
        around.environment(),
        around.home(),
        around.clock());
  }
}
