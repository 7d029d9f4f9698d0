package io.songe.train;

import io.songe.error.EngineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was measured in the steps since the last row of the metrics, summed up: a row is the mean.
 * It is saved with a run's state, so that the rows of a run that was gone on with are those of an
 * uninterrupted one.
 */
final class MetricsWindow {
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z0-9_.-]+");

  private final SequencedMap<String, Double> sums = new LinkedHashMap<>();
  private long steps;

  /**
   * Adds a step.
   *
   * @param values by column, the same columns in every step
   */
  void add(Map<String, Double> values) {
    if (steps > 0 && !values.keySet().equals(sums.keySet())) {
      throw new EngineException(
          "a step has the figures %s and the steps before it had %s"
              .formatted(values.keySet(), sums.keySet()));
    }
    values.forEach((column, value) -> {
      if (!COLUMN.matcher(column).matches()) {
        throw new EngineException("'" + column + "' cannot be the name of a column");
      }
      sums.merge(column, value, Double::sum);
    });
    steps++;
  }

  /** {@return the means by column} */
  SequencedMap<String, Double> means() {
    SequencedMap<String, Double> means = new LinkedHashMap<>();
    sums.forEach((column, sum) -> means.put(column, sum / steps));
    return Collections.unmodifiableSequencedMap(means);
  }

  /** Begins anew. */
  void clear() {
    sums.clear();
    steps = 0;
  }

  /** {@return the number of steps and the sums, from which the same can be made again} */
  String toText() {
    return steps
        + sums.entrySet().stream()
            .map(sum -> " " + sum.getKey() + "=" + sum.getValue())
            .collect(Collectors.joining());
  }

  /**
   * Makes one from its text.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static MetricsWindow parse(String text) {
    MetricsWindow window = new MetricsWindow();
    String[] parts = text.split(" ", -1);
    window.steps = Long.parseLong(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      String[] sum = parts[i].split("=", 2);
      if (sum.length != 2) {
        throw new IllegalArgumentException("no sum: " + parts[i]);
      }
      window.sums.put(sum[0], Double.valueOf(sum[1]));
    }
    return window;
  }
}
