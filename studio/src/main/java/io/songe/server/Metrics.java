package io.songe.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What the server counts, in the text form of Prometheus, version 0.0.4.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">the form</a>
 */
public final class Metrics {
  private static final double[] BOUNDS = {0.001, 0.005, 0.02, 0.1, 0.2, 0.5, 1, 5, 20, 60};

  /**
   * A number that somebody else knows.
   *
   * @param name of {@code [a-z_]}, with its unit at the end
   * @param type {@code gauge}, or {@code counter} if it never falls
   * @param help what it is
   * @param label by which it is divided; may be empty, and then so is the only key of the values
   * @param values asked for each time
   */
  public record Measure(
      String name,
      String type,
      String help,
      String label,
      Supplier<? extends Map<String, ? extends Number>> values) {
    /** {@return a number that is not divided} */
    public static Measure of(String name, String type, String help, Supplier<Number> value) {
      return new Measure(name, type, help, "", () -> Map.of("", value.get()));
    }
  }

  private record Answers(String door, int status) {}

  private static final class Durations {
    private final LongAdder[] buckets = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Durations() {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] = new LongAdder();
      }
    }

    void add(long time) {
      nanos.add(time);
      int i = 0;
      while (i < BOUNDS.length && time / 1e9 > BOUNDS[i]) {
        i++;
      }
      buckets[i].increment();
    }
  }

  private final List<String> prefixes;
  private final List<Measure> measures;
  private final ConcurrentMap<Answers, LongAdder> answers = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Durations> durations = new ConcurrentHashMap<>();

  Metrics(List<Door> doors, List<Measure> measures) {
    this.prefixes = doors.stream().flatMap(door -> door.prefixes().stream()).sorted().toList();
    this.measures = List.copyOf(measures);
  }

  /** Counts an answer. A stream lasts as long as its listener likes, which tells nothing. */
  void answered(String path, int status, boolean stream, long nanos) {
    String door = prefixes.stream().filter(path::startsWith).findFirst().orElse("/");
    answers.computeIfAbsent(new Answers(door, status), _ -> new LongAdder()).increment();
    if (!stream) {
      durations.computeIfAbsent(door, _ -> new Durations()).add(nanos);
    }
  }

  /** {@return all numbers as text} */
  String text() {
    StringBuilder out = new StringBuilder();
    head(out, "songe_requests_total", "counter", "Answered requests.");
    new TreeMap<>(byName())
        .forEach((labels, count) -> line(out, "songe_requests_total", labels, count));
    head(out, "songe_request_seconds", "histogram", "Time until a request was answered.");
    new TreeMap<>(durations).forEach((door, times) -> histogram(out, door, times));
    for (Measure measure : measures) {
      head(out, measure.name, measure.type, measure.help);
      new TreeMap<String, Number>(measure.values.get())
          .forEach((value, number) ->
              line(out, measure.name, value.isEmpty() ? "" : label(measure.label, value), number));
    }
    memory(out);
    return out.toString();
  }

  private Map<String, Number> byName() {
    Map<String, Number> named = new TreeMap<>();
    answers.forEach((key, count) ->
        named.put(label("door", key.door) + "," + label("status", "" + key.status), count.sum()));
    return named;
  }

  private static void histogram(StringBuilder out, String door, Durations times) {
    long below = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      below += times.buckets[i].sum();
      String bound = i == BOUNDS.length ? "+Inf" : String.valueOf(BOUNDS[i]);
      line(
          out,
          "songe_request_seconds_bucket",
          label("door", door) + "," + label("le", bound),
          below);
    }
    line(out, "songe_request_seconds_sum", label("door", door), times.nanos.sum() / 1e9);
    line(out, "songe_request_seconds_count", label("door", door), below);
  }

  private static void memory(StringBuilder out) {
    Runtime java = Runtime.getRuntime();
    head(out, "songe_heap_bytes", "gauge", "Memory that Java uses, tensors not counted.");
    line(out, "songe_heap_bytes", "", java.totalMemory() - java.freeMemory());
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder out, String name, String labels, Number value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(number(value)).append('\n');
  }

  private static String number(Number value) {
    return value instanceof Double || value instanceof Float
        ? String.format(Locale.ROOT, "%.6f", value.doubleValue())
        : String.valueOf(value.longValue());
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + '"';
  }
}
