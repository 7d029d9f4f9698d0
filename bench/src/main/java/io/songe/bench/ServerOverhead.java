package io.songe.bench;

import io.songe.mini.SongeMini;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.TextToImage;
import io.songe.server.Server;
import io.songe.server.ServerOptions;
import io.songe.server.openai.OpenAiDoor;
import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import java.io.IOException;
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
 * What a server adds to a picture's own time: the same drawing as a PNG file, once from the
 * library, and once over HTTP, where it has gone into the gallery as well; in three rounds. Prints
 * rows for {@code docs/benchmarks.md}.
 *
 * <p>Arguments: an empty folder, number of pictures of each kind in a round.
 */
final class ServerOverhead {
  private static final int SIDE = 256;
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 3;
  private static final String BODY =
      "{\"prompt\":\"a ginger cat asleep\",\"size\":\"256x256\",\"response_format\":\"b64_json\"}";

  private ServerOverhead() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int turns = Integer.parseInt(arguments[1]);
    List<Double> own = new ArrayList<>();
    List<Double> served = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      // On a thread that ends: libtorch keeps helpers for each thread that draws, and with more of
      // them than processors everything that draws in the process is slower.
      Thread library = Thread.ofPlatform().start(() -> own.addAll(inLibrary(turns)));
      library.join();
      served.addAll(overHttp(folder.resolve("studio" + round), turns));
    }
    print("picture in the library", own);
    print("picture over HTTP", served);
    System.out.printf(
        Locale.ROOT, "| the server adds, ms | %.1f |%n", median(served) - median(own));
  }

  private static List<Double> inLibrary(int turns) {
    try (TextToImage library = SongeMini.open()) {
      GenerationRequest request = library.request("a ginger cat asleep", 7).withSize(SIDE, SIDE);
      return times(turns, () -> library.generate(request).getFirst().toPng().encode());
    }
  }

  private static List<Double> overHttp(Path folder, int turns) {
    try (Studio studio =
            Studio.open(StudioSettings.usual(folder, folder.resolve("models")), Clock.systemUTC());
        Server server =
            Server.start(
                ServerOptions.local().withPort(0),
                List.of(new OpenAiDoor(studio, Clock.systemUTC())),
                List.of());
        HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest post =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.port() + "/v1/images/generations"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(BODY))
              .build();
      return times(turns, () -> send(http, post));
    }
  }

  private static void send(HttpClient http, HttpRequest post) {
    try {
      int status = http.send(post, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("the server answered " + status);
      }
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** In milliseconds, without the first ones. */
  private static List<Double> times(int turns, Runnable picture) {
    List<Double> times = new ArrayList<>();
    for (int i = -WARM_UP; i < turns; i++) {
      long began = System.nanoTime();
      picture.run();
      if (i >= 0) {
        times.add((System.nanoTime() - began) / 1e6);
      }
    }
    return times;
  }

  private static void print(String what, List<Double> times) {
    System.out.printf(Locale.ROOT, "| %s, median, ms | %.1f |%n", what, median(times));
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }
}
