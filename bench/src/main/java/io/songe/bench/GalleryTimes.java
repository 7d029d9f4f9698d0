package io.songe.bench;

import io.songe.gallery.Gallery;
import io.songe.gallery.Picture;
import io.songe.gallery.Search;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Fills a gallery with generated pictures, and prints how long its searches take, as rows for
 * {@code docs/benchmarks.md}. A gallery that is there already is used as it is.
 *
 * <p>Arguments: folder, number of pictures.
 */
final class GalleryTimes {
  private static final String OWNER = "local";
  private static final int PAGE = 60;
  private static final int WARMING = 30;
  private static final int RUNS = 200;
  private static final double MEGA = 1 << 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Gallery gallery;
  private final int count;

  private GalleryTimes(Gallery gallery, int count) {
    this.gallery = gallery;
    this.count = count;
  }

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Path folder = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    fill(folder, count);

    double worked = processorSeconds();
    long began = System.nanoTime();
    try (Gallery gallery = Gallery.open(folder, Clock.systemUTC())) {
      row(
          "open",
          "%.2f s, %.2f s of processor"
              .formatted(secondsSince(began), processorSeconds() - worked));
      row("pictures", "%d".formatted(gallery.search(Search.all(OWNER, 0, 0)).total()));
      row("index", "%.1f MB".formatted(bytes(folder.resolve("index")) / MEGA));
      System.out.println("| search (pictures found) | ms, median | 95 % | of processor | 95 % |");
      new GalleryTimes(gallery, count).searches();
      row("heap in use", "%.0f MB".formatted(usedHeap() / MEGA));
      row("resident", "%s".formatted(resident()));
      double before = processorSeconds();
      long rebuild = System.nanoTime();
      int found = gallery.rebuild();
      row(
          "rebuild of " + found,
          "%.1f s, %.1f s of processor"
              .formatted(secondsSince(rebuild), processorSeconds() - before));
      new GalleryTimes(gallery, count).newest();
    }
  }

  private static void fill(Path folder, int count) {
    try (Gallery gallery = Gallery.open(folder, Clock.systemUTC())) {
      int there = gallery.search(Search.all(OWNER, 0, 0)).total();
      if (there >= count) {
        return;
      }
      var pictures = new GalleryPictures(new Random(there));
      long began = System.nanoTime();
      for (int i = there; i < count; i++) {
        String id = String.format(Locale.ROOT, "%08x", i * 0x9e3779b1);
        gallery.add(id, OWNER, pictures.style(), pictures.picture(i));
        mark(gallery, id, i);
      }
      row("add", "%.2f ms each".formatted(1000 * secondsSince(began) / (count - there)));
    }
  }

  /** One in twenty is a favourite, one in fifty is in a collection. */
  private static void mark(Gallery gallery, String id, int i) {
    if (i % 20 == 7) {
      gallery.favourite(OWNER, id, true);
    }
    if (i % 50 == 3) {
      gallery.collect(OWNER, id, "collection " + i % 7, true);
    }
  }

  private void searches() {
    newest();
    time("one word", words("fox", Map.of(), 0));
    time("one word, French", words("forêts", Map.of(), 0));
    time("two words", words("blue castle", Map.of(), 0));
    time(
        "two words, two facets",
        words("un renard", Map.of("model", "songe-mini", "style", "flat"), 0));
    time("the beginning of a word", words("hiboux lumin", Map.of(), 0));
    time("favourites", favourites());
    time("all, from the middle", Search.all(OWNER, count / 2, PAGE));
    List<Picture> some = gallery.search(Search.all(OWNER, count / 3, 100)).pictures();
    time("similar", i -> gallery.similar(OWNER, some.get(i % some.size()).id(), 12));
    time("find by id", i -> gallery.find(OWNER, some.get(i % some.size()).id()));
    time(
        "search after a change",
        i -> {
          gallery.rate(OWNER, some.get(i % some.size()).id(), 1 + i % 5);
          gallery.search(Search.all(OWNER, 0, PAGE));
        });
  }

  private void newest() {
    time("all, newest first", Search.all(OWNER, 0, PAGE));
  }

  private static Search words(String words, Map<String, String> facets, int offset) {
    return new Search(
        OWNER,
        words,
        facets,
        false,
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        false,
        offset,
        PAGE);
  }

  private static Search favourites() {
    return new Search(
        OWNER, "", Map.of(), true, false, 0, Optional.empty(), Optional.empty(), false, 0, PAGE);
  }

  private void time(String what, Search search) {
    int total = gallery.search(search).total();
    time(what + " (" + total + ")", i -> gallery.search(search));
  }

  private interface Asking {
    void ask(int turn);
  }

  private static void time(String what, Asking asking) {
    for (int i = 0; i < WARMING; i++) {
      asking.ask(i);
    }
    double[] times = new double[RUNS];
    double[] processor = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long worked = THREADS.getCurrentThreadCpuTime();
      long began = System.nanoTime();
      asking.ask(i);
      times[i] = 1000 * secondsSince(began);
      processor[i] = (THREADS.getCurrentThreadCpuTime() - worked) / 1e6;
    }
    Arrays.sort(times);
    Arrays.sort(processor);
    row(
        what,
        "%.1f | %.1f | %.1f | %.1f"
            .formatted(
                times[RUNS / 2],
                times[RUNS * 95 / 100],
                processor[RUNS / 2],
                processor[RUNS * 95 / 100]));
  }

  private static void row(String what, String value) {
    System.out.println("| " + what + " | " + value + " |");
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .max(Comparator.naturalOrder())
        .orElse("unknown")
        .replaceAll("\\s+", " ");
  }
}
