package io.songe.bench;

import io.songe.mini.SongeMini;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Songe and PyTorch train the same networks, taking turns in one run; prints samples a second,
 * their ratio, and where the time of a step goes. Each engine stays one process that waits while
 * the others have their turns. PyTorch takes part twice: as it comes, and with its fused AdamW and
 * what Songe sets for its own process.
 *
 * <p>Arguments: the repository's root, precision, threads, turns.
 */
final class TrainingSideBySide {
  private static final int SAMPLES = 32;
  private static final int FIRST_STEPS = 3;

  /** A side of the latents, and how many steps one turn has. */
  private record Work(int side, int steps) {}

  private static final List<Work> WORKS = List.of(new Work(16, 6), new Work(32, 3));

  /** What Songe sets for its own process, as far as it can be said to another. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", "1073741824",
          "MALLOC_TRIM_THRESHOLD_", "536870912",
          "MALLOC_TOP_PAD_", "67108864",
          "OMP_WAIT_POLICY", "passive",
          "GOMP_SPINCOUNT", "20000",
          "THP_MEM_ALLOC_ENABLE", "1");

  private final JsonMapper json = new JsonMapper();

  private TrainingSideBySide() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]).toAbsolutePath();
    String precision = arguments[1];
    String threads = arguments[2];
    Map<String, Engine> engines = new LinkedHashMap<>();
    try {
      engines.put("Songe", new Engine(songe(precision, threads), Map.of()));
      engines.put("PyTorch", new Engine(pytorch(root, precision, threads, "usual"), Map.of()));
      engines.put(
          "PyTorch, all set", new Engine(pytorch(root, precision, threads, "fused"), SETTINGS));
      for (Work work : WORKS) {
        new TrainingSideBySide().compare(engines, work, Integer.parseInt(arguments[3]));
      }
    } finally {
      engines.values().forEach(Engine::close);
    }
  }

  private static List<String> songe(String precision, String threads) {
    return SideBySide.java(
        TrainingTimes.class, List.of(precision, threads, String.valueOf(SAMPLES)));
  }

  private static List<String> pytorch(Path root, String precision, String threads, String kind) {
    return List.of(
        root.resolve("bench/peers/venv/bin/python").toString(),
        root.resolve("bench/peers/torch_training.py").toString(),
        SongeMini.folder().toString(),
        precision,
        threads,
        String.valueOf(SAMPLES),
        kind);
  }

  private void compare(Map<String, Engine> engines, Work work, int turns) throws IOException {
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    Map<String, JsonNode> last = new LinkedHashMap<>();
    for (Engine engine : engines.values()) {
      engine.train(work.side, FIRST_STEPS);
    }
    for (int turn = 0; turn < turns; turn++) {
      for (Map.Entry<String, Engine> engine : engines.entrySet()) {
        JsonNode found = json.readTree(engine.getValue().train(work.side, work.steps));
        last.put(engine.getKey(), found.get("parts_ms"));
        for (JsonNode step : found.get("seconds")) {
          seconds.computeIfAbsent(engine.getKey(), _ -> new ArrayList<>()).add(step.asDouble());
        }
      }
    }
    double ours = SAMPLES / SideBySide.median(Objects.requireNonNull(seconds.get("Songe")));
    seconds.forEach((name, taken) -> {
      double theirs = SAMPLES / SideBySide.median(taken);
      System.out.printf(
          Locale.ROOT,
          "| %dx%d, %s | %.1f | %.2f | %s |%n",
          work.side,
          work.side,
          name,
          theirs,
          ours / theirs,
          last.get(name));
    });
  }

  /** A process that trains when it is told to. */
  private static final class Engine implements AutoCloseable {
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    Engine(List<String> command, Map<String, String> settings) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("HF_HUB_OFFLINE", "1");
      builder.environment().putAll(settings);
      process = builder.start();
      orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
      answers = process.inputReader(StandardCharsets.UTF_8);
    }

    String train(int side, int steps) throws IOException {
      orders.println(side + " " + steps);
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("an engine ended: " + process.info());
      }
      return answer;
    }

    @Override
    public void close() {
      orders.close();
      process.destroy();
    }
  }
}
