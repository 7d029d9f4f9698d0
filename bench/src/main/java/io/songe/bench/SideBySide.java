package io.songe.bench;

import io.songe.mini.SongeMini;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same picture with Songe and with Python's diffusers on the same model folder, taking turns in
 * one run: seconds from process start to PNG, warm seconds a picture, peak memory, and the ratios.
 * A peer that is not set up is skipped, and that is said.
 *
 * <p>Arguments: the repository's root, number of cold runs, number of warm pictures.
 */
final class SideBySide {
  private static final String PHRASE = "un chat roux qui dort, style 3d";
  private static final int STEPS = 20;
  private static final double GUIDANCE = 4;
  private static final int SIDE = 256;
  private static final int THREADS = 2;

  private final Path root;
  private final Path scratch;
  private final Path model;
  private final JsonMapper json = new JsonMapper();

  private SideBySide(Path root, Path scratch) throws IOException {
    this.root = root;
    this.scratch = scratch;
    this.model = copy(SongeMini.folder(), scratch.resolve("songe-mini"));
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("songe-bench");
    SideBySide bench = new SideBySide(Path.of(arguments[0]).toAbsolutePath(), scratch);
    bench.cold(Integer.parseInt(arguments[1]));
    for (String precision : List.of("bf16", "fp32")) {
      bench.warm(precision, Integer.parseInt(arguments[2]));
    }
  }

  private void cold(int runs) throws IOException, InterruptedException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int i = 0; i < runs + 1; i++) {
      double songe = seconds(songeCommand(i));
      double peer = hasPeer() ? seconds(peerCommand("bf16", 0)) : Double.NaN;
      if (i > 0) { // the first pair fills the page cache
        ours.add(songe);
        theirs.add(peer);
      }
    }
    row("cold, process to PNG, s (songe imagine, precision auto)", ours, theirs);
  }

  private void warm(String precision, int pictures) throws IOException, InterruptedException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    List<Double> ourPeak = new ArrayList<>();
    List<Double> theirPeak = new ArrayList<>();
    for (int turn = 0; turn < 3; turn++) {
      JsonNode songe = json.readTree(output(ownCommand(precision, pictures)));
      ours.add(songe.get("warm_median_s").asDouble());
      ourPeak.add(songe.get("peak_mb").asDouble());
      if (hasPeer()) {
        JsonNode peer = json.readTree(output(peerCommand(precision, pictures)));
        theirs.add(peer.get("warm_median_s").asDouble());
        theirPeak.add(peer.get("peak_mb").asDouble());
      }
    }
    row("warm picture, " + precision + ", s", ours, theirs);
    row("peak resident memory, " + precision + ", MB", ourPeak, theirPeak);
  }

  /** Prints one row of a table: the medians and their ratio. */
  static void row(String what, List<Double> ours, List<Double> theirs) {
    double mine = median(ours);
    if (theirs.isEmpty() || theirs.getFirst().isNaN()) {
      System.out.printf(Locale.ROOT, "| %s | %.3f | peer not set up | |%n", what, mine);
      return;
    }
    double peer = median(theirs);
    System.out.printf(Locale.ROOT, "| %s | %.3f | %.3f | %.2f |%n", what, mine, peer, mine / peer);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private boolean hasPeer() {
    return Files.isExecutable(python());
  }

  private Path python() {
    return root.resolve("bench/peers/venv/bin/python");
  }

  private List<String> songeCommand(int run) {
    return List.of(
        root.resolve("songe").toString(),
        "imagine",
        PHRASE,
        "--seed=7",
        "--steps=" + STEPS,
        "--guidance=" + GUIDANCE,
        "--threads=" + THREADS,
        "--out=" + scratch.resolve("songe-" + run + ".png"));
  }

  private List<String> ownCommand(String precision, int pictures) {
    return java(
        DrawOnce.class,
        List.of(
            model.toString(),
            scratch.resolve("songe.png").toString(),
            precision,
            String.valueOf(THREADS),
            String.valueOf(STEPS),
            String.valueOf(GUIDANCE),
            String.valueOf(SIDE),
            String.valueOf(pictures),
            PHRASE));
  }

  /** A command that runs a class with the launcher's options. */
  static List<String> java(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dorg.bytedeco.javacpp.nopointergc=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return command;
  }

  private List<String> peerCommand(String precision, int pictures) {
    return List.of(
        python().toString(),
        root.resolve("bench/peers/diffusers_draw.py").toString(),
        model.toString(),
        scratch.resolve("diffusers.png").toString(),
        "--precision=" + precision,
        "--threads=" + THREADS,
        "--steps=" + STEPS,
        "--guidance=" + GUIDANCE,
        "--side=" + SIDE,
        "--warm=" + pictures,
        "--prompt=" + PHRASE);
  }

  private static double seconds(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    output(command);
    return (System.nanoTime() - start) / 1e9;
  }

  /** The last line that a command prints; what it says of its progress is thrown away. */
  static String output(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(Map.of("HF_HUB_OFFLINE", "1"));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code);
    }
    return text.lines().reduce("", (before, line) -> line);
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
            return FileVisitResult.CONTINUE;
          }
        });
    try (Stream<Path> parts = Files.list(to)) {
      if (parts.findAny().isEmpty()) {
        throw new IllegalStateException("nothing was copied from " + from);
      }
    }
    return to;
  }
}
