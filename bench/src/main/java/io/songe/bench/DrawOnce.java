package io.songe.bench;

import io.songe.diffusion.Guidance;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.TextToImage;
import io.songe.tensor.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws as {@code bench/peers/diffusers_draw.py} does, and prints the same line of JSON: one
 * picture that is written, then so many warm ones.
 *
 * <p>Arguments: model folder, PNG file, precision, threads, steps, guidance scale, side in pixels,
 * number of warm pictures, phrase.
 */
final class DrawOnce {
  private DrawOnce() {}

  public static void main(String[] arguments) throws IOException {
    long start = System.nanoTime();
    Backend.setThreads(Integer.parseInt(arguments[3]));
    try (TextToImage songe =
        TextToImage.open(Path.of(arguments[0]), Precision.named(arguments[2]))) {
      double loaded = secondsSince(start);
      int side = Integer.parseInt(arguments[6]);
      GenerationRequest request =
          songe
              .request(arguments[8], 7)
              .withSize(side, side)
              .withSteps(Integer.parseInt(arguments[4]))
              .withGuidance(new Guidance.ClassifierFree(Double.parseDouble(arguments[5])));
      long first = System.nanoTime();
      songe.generate(request).getFirst().write(Path.of(arguments[1]));
      double firstSeconds = secondsSince(first);
      List<Double> warm = new ArrayList<>();
      List<Long> memory = new ArrayList<>();
      for (int i = 0; i < Integer.parseInt(arguments[7]); i++) {
        long began = System.nanoTime();
        songe.generate(request);
        warm.add(secondsSince(began));
        memory.add(statusMegabytes("VmRSS:"));
      }
      System.out.printf(
          Locale.ROOT,
          "{\"engine\": \"Songe\", \"precision\": \"%s\", \"threads\": %d, \"load_s\": %.3f,"
              + " \"first_s\": %.3f, \"warm_s\": [%s], \"warm_median_s\": %s, \"peak_mb\": %d,"
              + " \"resident_mb\": %s}%n",
          songe.precision().id(),
          Backend.threads(),
          loaded,
          firstSeconds,
          warm.stream()
              .map(seconds -> String.format(Locale.ROOT, "%.4f", seconds))
              .collect(Collectors.joining(", ")),
          warm.isEmpty() ? "null" : String.format(Locale.ROOT, "%.4f", median(warm)),
          statusMegabytes("VmHWM:"),
          sampled(memory));
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** About ten of many numbers, the first and the last among them. */
  private static List<Long> sampled(List<Long> numbers) {
    int stride = Math.max(1, numbers.size() / 10);
    return Stream.iterate(0, i -> i < numbers.size(), i -> i + stride).map(numbers::get).toList();
  }

  private static long statusMegabytes(String key) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(kilobytes -> Long.parseLong(kilobytes) / 1024)
          .findFirst()
          .orElse(0);
    }
  }
}
