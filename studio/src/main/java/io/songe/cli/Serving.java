package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.jobs.JobState;
import io.songe.server.Door;
import io.songe.server.Metrics;
import io.songe.server.Server;
import io.songe.server.ServerOptions;
import io.songe.server.a1111.A1111Door;
import io.songe.server.api.ApiDoor;
import io.songe.server.openai.OpenAiDoor;
import io.songe.studio.RunningStudio;
import io.songe.studio.Studio;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A studio with its server, from the first picture to Ctrl-C. */
final class Serving {
  private final Surroundings around;
  private final ServingOptions.Prepared prepared;

  Serving(Surroundings around, ServingOptions.Prepared prepared) {
    this.around = around;
    this.prepared = prepared;
  }

  /**
   * Serves until this thread is interrupted, which is how it is meant to end.
   *
   * @param ready hears the address at which to begin, as soon as there is an answer there
   */
  ExitCode untilInterrupted(Consumer<URI> ready) {
    try (Studio studio = Studio.open(prepared.settings(), Clock.systemUTC());
        Server server = Server.start(prepared.server(), doors(studio), measures(studio))) {
      URI address = address(server.port());
      studio.announce(new RunningStudio(address, prepared.key()));
      studio.warmUp();
      ready.accept(address);
      new CountDownLatch(1).await();
    } catch (InterruptedException wanted) {
      around.err().println(around.say(Text.STOPPED));
    }
    return ExitCode.DONE;
  }

  /** {@return a server of a studio at any free port, with all that {@code songe studio} has} */
  static Server rehearsal(Studio studio) {
    return Server.start(ServerOptions.local().withPort(0), doors(studio), measures(studio));
  }

  private static List<Door> doors(Studio studio) {
    Clock clock = Clock.systemUTC();
    return List.of(
        new ApiDoor(studio), new OpenAiDoor(studio, clock), new A1111Door(studio, clock));
  }

  private static List<Metrics.Measure> measures(Studio studio) {
    return List.of(
        new Metrics.Measure(
            "songe_jobs", "gauge", "Jobs that are remembered.", "state", () -> counts(studio)),
        Metrics.Measure.of(
            "songe_pictures_total",
            "counter",
            "Pictures put into the gallery since the start.",
            studio::picturesDrawn));
  }

  private static Map<String, Integer> counts(Studio studio) {
    return studio.queue().counts().entrySet().stream()
        .collect(Collectors.toMap(entry -> name(entry.getKey()), Map.Entry::getValue));
  }

  private static String name(JobState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** As this machine reaches it. */
  private URI address(int port) {
    return URI.create("http://" + reachable(prepared.server().host()) + ":" + port + "/");
  }

  private static String reachable(String host) {
    try {
      if (InetAddress.getByName(host).isAnyLocalAddress()) {
        return ServerOptions.LOCAL;
      }
    } catch (UnknownHostException alreadyListening) {
      throw new IllegalStateException(alreadyListening);
    }
    return host.indexOf(':') < 0 ? host : "[" + host + "]";
  }
}
