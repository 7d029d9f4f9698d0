package io.songe.bench;

import io.songe.mini.SongeMini;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.TextToImage;
import io.songe.server.Server;
import io.songe.server.ServerOptions;
import io.songe.server.openai.OpenAiDoor;
import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a server adds to a picture's own time: the same drawing, once asked for over HTTP until the
 * finished picture is there, and once in the library, by turns. Prints rows for {@code
 * docs/benchmarks.md}.
 *
 * <p>Arguments: an empty folder, number of turns.
 */
final class ServerOverhead {
  private static final int SIDE = 256;
  private static final String BODY =
      "{\"prompt\":\"a ginger cat asleep\",\"size\":\"256x256\",\"response_format\":\"b64_json\"}";

  private ServerOverhead() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    try (Studio studio =
            Studio.open(StudioSettings.usual(folder, folder.resolve("models")), Clock.systemUTC());
        Server server =
            Server.start(
                ServerOptions.local().withPort(0),
                List.of(new OpenAiDoor(studio, Clock.systemUTC())),
                List.of());
        TextToImage library = SongeMini.open();
        HttpClient http = HttpClient.newHttpClient()) {
      GenerationRequest request = library.request("a ginger cat asleep", 7).withSize(SIDE, SIDE);
      HttpRequest post =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.port() + "/v1/images/generations"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(BODY))
              .build();
      List<Double> own = new ArrayList<>();
      List<Double> served = new ArrayList<>();
      int turns = Integer.parseInt(arguments[1]);
      for (int i = -2; i < turns; i++) {
        long first = System.nanoTime();
        library.generate(request);
        long second = System.nanoTime();
        int status = http.send(post, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
        long third = System.nanoTime();
        if (status != 200) {
          throw new IllegalStateException("the server answered " + status);
        }
        if (i >= 0) {
          own.add((second - first) / 1e6);
          served.add((third - second) / 1e6);
        }
      }
      print("picture in the library", own);
      print("picture over HTTP", served);
      System.out.printf(
          Locale.ROOT, "| the server adds, ms | %.1f |%n", median(served) - median(own));
    }
  }

  private static void print(String what, List<Double> times) {
    System.out.printf(Locale.ROOT, "| %s, median, ms | %.1f |%n", what, median(times));
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }
}
