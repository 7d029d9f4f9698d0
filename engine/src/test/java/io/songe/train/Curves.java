package io.songe.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What two runs of the same steps agree in: their metrics without the times. */
final class Curves {
  private Curves() {}

  /** {@return the rows of a run's metrics, as texts, without columns of time} */
  static List<String> of(RunFolder run) {
    MetricsFile.Table table = MetricsFile.read(run.metrics());
    List<String> rows = new ArrayList<>(List.of(table.columns().toString()));
    for (double[] row : table.rows()) {
      rows.add(
          IntStream.range(0, row.length)
              .filter(column -> !isTime(table.columns().get(column)))
              .mapToObj(column -> Double.toString(row[column]))
              .toList()
              .toString());
    }
    return rows;
  }

  private static boolean isTime(String column) {
    return column.equals("seconds") || column.endsWith("_ms");
  }
}
