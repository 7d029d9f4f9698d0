package io.songe.train;

import io.songe.error.BrokenFileException;
import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics of a run as a table of comma-separated values. The first line names the columns:
 *
 * <pre>
 * step            how many steps were made
 * samples         how many samples they looked at
 * seconds         how long the run has taken, in all
 * rate            the learning rate of this step
 * p.loss          the loss of player p, and further figures p.x that it tells
 * p.gradient_norm the norm of its gradients, before they are clipped
 * data_ms         how long a step took to fetch its samples, in milliseconds,
 * forward_ms      to compute the losses,
 * backward_ms     to follow them back,
 * optimizer_ms    and to clip, to change the variables and to move the averages
 * </pre>
 *
 * All from {@code p.loss} on are means over the steps since the row before. What is measured with
 * sheets of samples is a table of the same kind, whose columns after the rate are figures of that
 * very step.
 */
final class MetricsFile implements AutoCloseable {
  static final List<String> FIXED = List.of("step", "samples", "seconds", "rate");

  private final Path file;
  private final FileOutputStream out;
  private String header;

  private MetricsFile(Path file, FileOutputStream out, String header) {
    this.file = file;
    this.out = out;
    this.header = header;
  }

  /** The whole of a file. */
  record Table(List<String> columns, List<double[]> rows) {}

  /**
   * Opens a file to add rows; what is there beyond a step is taken away.
   *
   * @param step of the last row that may stay
   * @throws BrokenFileException if the file is damaged or cannot be written
   */
  static MetricsFile open(Path file, long step) {
    try {
      List<String> kept = Files.exists(file) && step > 0 ? upTo(file, step) : List.of();
      byte[] text =
          kept.stream()
              .map(line -> line + "\n")
              .collect(Collectors.joining())
              .getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(file, AtomicFile.Content.of(text));
      return new MetricsFile(
          file, new FileOutputStream(file.toFile(), true), kept.isEmpty() ? "" : kept.getFirst());
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /** The header and the rows up to a step. A line without its end was never finished. */
  private static List<String> upTo(Path file, long step) throws IOException {
    String text = Files.readString(file);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      if (kept.isEmpty() || stepOf(file, line) <= step) {
        kept.add(line);
      }
    }
    return kept;
  }

  private static long stepOf(Path file, String line) {
    try {
      return Long.parseLong(line.substring(0, Math.max(0, line.indexOf(','))));
    } catch (NumberFormatException damaged) {
      throw damaged(file, line);
    }
  }

  /**
   * Adds a row.
   *
   * @param step how many steps were made
   * @param samples how many samples they looked at
   * @param seconds since the run began
   * @param rate the learning rate
   * @param means by column
   * @throws BrokenFileException if it cannot be written, or the file has other columns
   */
  void add(
      long step, long samples, double seconds, double rate, SequencedMap<String, Double> means) {
    String columns =
        Stream.concat(FIXED.stream(), means.keySet().stream()).collect(Collectors.joining(","));
    String row =
        Stream.concat(
                Stream.of(
                    Long.toString(step),
                    Long.toString(samples),
                    rounded(seconds),
                    Float.toString((float) rate)),
                means.entrySet().stream()
                    .map(mean ->
                        mean.getKey().endsWith("_ms")
                            ? rounded(mean.getValue())
                            : Float.toString(mean.getValue().floatValue())))
            .collect(Collectors.joining(","));
    if (header.isEmpty()) {
      write(columns + "\n");
      header = columns;
    } else if (!header.equals(columns)) {
      throw FileLabel.of(file)
          .broken(
              "has the columns %s and this run measures %s; begin a run in another folder"
                  .formatted(header, columns));
    }
    write(row + "\n");
  }

  private static String rounded(double number) {
    return Double.toString(Math.rint(number * 10) / 10);
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /** Returns when all rows are on the disk. */
  void force() {
    try {
      out.getFD().sync();
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /**
   * Reads a file.
   *
   * @return its numbers; no columns if there is no file yet
   * @throws BrokenFileException if it is damaged
   */
  static Table read(Path file) {
    if (!Files.exists(file)) {
      return new Table(List.of(), List.of());
    }
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty()) {
        return new Table(List.of(), List.of());
      }
      List<String> columns = List.of(lines.getFirst().split(","));
      List<double[]> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        rows.add(numbers(file, line, columns.size()));
      }
      return new Table(columns, rows);
    } catch (IOException failure) {
      throw FileLabel.of(file).unreadable(failure);
    }
  }

  private static double[] numbers(Path file, String line, int count) {
    String[] texts = line.split(",", -1);
    double[] numbers = new double[count];
    if (texts.length != count) {
      throw damaged(file, line);
    }
    for (int i = 0; i < count; i++) {
      try {
        numbers[i] = Double.parseDouble(texts[i]);
      } catch (NumberFormatException notOne) {
        throw damaged(file, line);
      }
    }
    return numbers;
  }

  private static BrokenFileException damaged(Path file, String line) {
    return FileLabel.of(file)
        .broken("has a damaged row: " + FileLabel.quote(line) + "; take the row out");
  }

  private static BrokenFileException unwritable(Path file, IOException failure) {
    return FileLabel.of(file)
        .broken(
            "cannot be written: %s; free some space, and go on with the run (resume)"
                .formatted(FileLabel.reason(failure)),
            failure);
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }
}
