package io.songe.bench;

import io.songe.gallery.Picture;
import io.songe.gallery.Search;
import io.songe.jobs.JobState;
import io.songe.jobs.QueueLimits;
import io.songe.models.ModelShelf;
import io.songe.server.Server;
import io.songe.server.ServerOptions;
import io.songe.server.api.ApiDoor;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many clients at once: each asks for tiny pictures, one after the other, and gives a fifth of them
 * up again. Afterwards every job and every picture is counted. Meanwhile somebody looks at the page
 * ten times a second. Prints rows for {@code docs/benchmarks.md}.
 *
 * <p>Arguments: an empty folder, number of jobs, number of clients.
 */
final class StudioLoad {
  private static final String OWNER = "local";
  private static final Duration PROBE = Duration.ofMillis(100);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int PAGE = 500;

  private final Studio studio;
  private final URI server;
  private final int count;
  private final int clients;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Long, String> jobsBySeed = new ConcurrentHashMap<>();
  private final List<Double> submissions = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, List<Double>> probes = new ConcurrentHashMap<>();
  private volatile boolean over;

  private StudioLoad(Studio studio, int port, int count, int clients) {
    this.studio = studio;
    this.server = URI.create("http://127.0.0.1:" + port);
    this.count = count;
    this.clients = clients;
  }

  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[1]);
    StudioSettings settings =
        new StudioSettings(
            Path.of(arguments[0]),
            Path.of(arguments[0], "models"),
            ModelShelf.BUNDLED,
            1,
            new QueueLimits(count, count, 10 * count));
    try (Studio studio = Studio.open(settings, Clock.systemUTC());
        Server server =
            Server.start(
                ServerOptions.local().withPort(0), List.of(new ApiDoor(studio)), List.of())) {
      StudioLoad load =
          new StudioLoad(studio, server.port(), count, Integer.parseInt(arguments[2]));
      load.run();
      load.overfill();
    }
  }

  private void run() throws Exception {
    Thread prober = Thread.ofPlatform().start(this::probe);
    long began = System.nanoTime();
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int client = i;
      asking.add(Thread.ofPlatform().start(() -> ask(client)));
    }
    for (Thread each : asking) {
      each.join();
    }
    row("asked for " + jobsBySeed.size() + " jobs by " + clients + " clients, s", seconds(began));
    row("POST /api/jobs, median, ms", quantile(submissions, 0.5));
    row("POST /api/jobs, p99, ms", quantile(submissions, 0.99));
    drain(began);
    over = true;
    prober.join();
    probes.forEach((path, times) -> row("GET " + path + ", p99, ms", quantile(times, 0.99)));
    count();
  }

  private void drain(long began) throws InterruptedException {
    Map<JobState, Integer> counts = studio.queue().counts();
    while (counts.getOrDefault(JobState.QUEUED, 0) + counts.getOrDefault(JobState.RUNNING, 0) > 0) {
      row(
          "resident memory after "
              + counts.getOrDefault(JobState.FINISHED, 0)
              + " finished jobs, MB",
          resident());
      Thread.sleep(LOOK);
      counts = studio.queue().counts();
    }
    row("all over after, s", seconds(began));
    row("resident memory at the end, MB", resident());
  }

  private void ask(int client) {
    Random random = new Random(client);
    List<String> own = new ArrayList<>();
    for (int i = client; i < count; i += clients) {
      long began = System.nanoTime();
      JsonNode job =
          post(
                  "/api/jobs",
                  "{\"phrase\":\"a cat\",\"width\":64,\"height\":64,\"steps\":1,\"seed\":%d}"
                      .formatted(i))
              .json();
      submissions.add(1000 * seconds(began));
      own.add(job.path("id").asString());
      jobsBySeed.put((long) i, own.getLast());
      if (random.nextInt(5) == 0) {
        post("/api/jobs/" + own.get(random.nextInt(own.size())) + "/cancel", "");
      }
    }
  }

  private void probe() {
    while (!over) {
      for (String path : List.of("/", "/api/status")) {
        long began = System.nanoTime();
        get(path);
        probes
            .computeIfAbsent(path, _ -> Collections.synchronizedList(new ArrayList<>()))
            .add(1000 * seconds(began));
      }
      try {
        Thread.sleep(PROBE);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }

  /** Every job that was taken is there once and over, and every picture belongs to one of them. */
  private void count() {
    Map<String, Integer> states = new HashMap<>();
    Set<String> drawn = new HashSet<>();
    for (String id : jobsBySeed.values()) {
      JsonNode job = get("/api/jobs/" + id).json();
      states.merge(job.path("state").asString(), 1, Integer::sum);
      job.path("pictures").forEach(picture -> drawn.add(picture.asString()));
      check(
          !job.path("state").asString().equals("finished") || job.path("pictures").size() == 1,
          "a finished job has no picture");
    }
    Map<Long, Integer> bySeed = new HashMap<>();
    int found = 0;
    for (int from = 0; from == 0 || from < found; from += PAGE) {
      Search.Found page = studio.gallery().search(Search.all(OWNER, from, PAGE));
      found = page.total();
      for (Picture picture : page.pictures()) {
        check(drawn.contains(picture.id()), "a picture belongs to no job");
        bySeed.merge(picture.seed().orElseThrow(), 1, Integer::sum);
      }
    }
    row("jobs lost", count - jobsBySeed.size() - 0.0);
    row("pictures lost", drawn.size() - (double) found);
    row("pictures doubled", (double) bySeed.values().stream().filter(times -> times > 1).count());
    states.forEach((state, number) -> row("jobs " + state, number));
    check(
        new HashSet<>(jobsBySeed.values()).size() == count && found == drawn.size(),
        "something was lost");
  }

  private void overfill() {
    studio.queue().pause();
    String body = "{\"phrase\":\"x\",\"width\":64,\"height\":64,\"steps\":1}";
    Answer last = post("/api/jobs", body);
    int taken = 0;
    while (last.status == 202) {
      taken++;
      last = post("/api/jobs", body);
    }
    row("jobs that wait when the queue is full", taken);
    row("status of one more", last.status);
    row("Retry-After, s", Integer.parseInt(last.retryAfter));
    studio
        .queue()
        .list(OWNER, taken)
        .forEach(job -> {
          boolean _ = studio.queue().cancel(OWNER, job.id());
        });
    studio.queue().resume();
  }

  private record Answer(int status, String body, String retryAfter) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  private Answer get(String path) {
    return send(HttpRequest.newBuilder(server.resolve(path)));
  }

  private Answer post(String path, String json) {
    return send(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("Retry-After").orElse("0"));
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void check(boolean good, String otherwise) {
    if (!good) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static double resident() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException notLinux) {
      return 0;
    }
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static double quantile(List<Double> times, double share) {
    List<Double> sorted = times.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }

  private static void row(String what, double value) {
    System.out.printf(Locale.ROOT, "| %s | %.1f |%n", what, value);
  }
}
