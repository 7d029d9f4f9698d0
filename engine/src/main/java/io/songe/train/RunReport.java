package io.songe.train;

import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import io.songe.format.Html;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes a run's report.html: what is in the folder, as one page that needs nothing else. */
final class RunReport {
  /** Sheets between the first and the last. */
  private static final int MOST_BETWEEN = 8;

  /** Of the steps, in the metrics and in the figures that were measured with sheets. */
  private static final String STEP = "step";

  /** Before the names of those figures, among the page's numbers. */
  private static final String MEASURED = "measured.";

  private static final List<String> TIMES = List.of("data", "forward", "backward", "optimizer");

  private final RunFolder run;
  private final MetricsFile.Table table;
  private final MetricsFile.Table measured;
  private final boolean onePlayer;

  private RunReport(RunFolder run) {
    this.run = run;
    this.table = MetricsFile.read(run.metrics());
    this.measured = MetricsFile.read(run.figures());
    this.onePlayer =
        table.columns().stream().filter(column -> column.endsWith(".loss")).count() == 1;
  }

  /**
   * Writes the report of what has been measured and drawn so far.
   *
   * @param step how many steps were made
   * @param total steps of the whole run
   * @throws io.songe.error.BrokenFileException if a file of the run cannot be read, or this one not
   *     be written
   */
  static void write(RunFolder run, long step, long total) {
    byte[] page;
    try {
      page = new RunReport(run).page(step, total).getBytes(StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw FileLabel.of(run.sheets()).unreadable(failure);
    }
    try {
      AtomicFile.write(run.report(), AtomicFile.Content.of(page));
    } catch (IOException failure) {
      throw FileLabel.of(run.report())
          .broken("cannot be written: " + FileLabel.reason(failure), failure);
    }
  }

  private String page(long step, long total) throws IOException {
    String state =
        step >= total
            ? "Finished after %s steps.".formatted(grouped(step))
            : "After %s of %s steps.".formatted(grouped(step), grouped(total));
    Map<String, String> parts =
        Map.of(
            "title", Html.escaped(FileLabel.ofFolder(run.path()).text()),
            "state", state,
            "facts", facts(step),
            "charts", charts(),
            "split", split(),
            "sheets", sheets(step),
            "config", config(),
            "rows", rows());
    return Html.page(RunReport.class, "report.html", parts);
  }

  private String facts(long step) {
    if (table.rows().isEmpty()) {
      return fact("steps", grouped(step));
    }
    double[] last = table.rows().getLast();
    String loss =
        table.columns().stream()
            .filter(column -> column.endsWith(".loss"))
            .findFirst()
            .orElse("rate");
    return fact("steps", grouped(step))
        + fact("samples", grouped((long) last[1]))
        + fact("time", spoken(Duration.ofSeconds((long) last[2])))
        + fact("samples a second", Chart.shortened(last[1] / Math.max(1e-9, last[2])))
        + fact(title(loss).toLowerCase(Locale.ROOT), Chart.shortened(column(loss)[rowCount() - 1]));
  }

  private static String fact(String name, String value) {
    return "<div class=\"card\"><b>%s</b><span class=\"quiet\">%s</span></div>"
        .formatted(Html.escaped(value), Html.escaped(name));
  }

  private String charts() {
    if (table.rows().isEmpty()) {
      return "";
    }
    String charts =
        Stream.concat(
                figures()
                    .map(figure ->
                        new Chart(
                            MEASURED + figure,
                            MEASURED + STEP,
                            spoken(figure),
                            column(measured, STEP),
                            column(measured, figure))),
                table.columns().stream()
                    .filter(column -> column.contains(".") || column.equals("rate"))
                    .sorted((a, b) -> Boolean.compare(a.equals("rate"), b.equals("rate")))
                    .map(column ->
                        new Chart(column, STEP, title(column), column(STEP), column(column))))
            .map(Chart::svg)
            .collect(Collectors.joining("\n"));
    return "<section>\n<h2>Curves</h2>\n<div class=\"charts\">\n%s\n</div>\n</section>"
        .formatted(charts);
  }

  private Stream<String> figures() {
    return measured.columns().stream().skip(MetricsFile.FIXED.size());
  }

  private String title(String column) {
    if (column.equals("rate")) {
      return "Learning rate";
    }
    String player = column.substring(0, column.lastIndexOf('.'));
    String figure =
        switch (column.substring(column.lastIndexOf('.') + 1)) {
          case "gradient_norm" -> "norm of gradients";
          case String other -> other.replace('_', ' ');
        };
    return spoken(onePlayer ? figure : player + ": " + figure);
  }

  private static String spoken(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).replace('_', ' ');
  }

  private double[] column(String name) {
    return column(table, name);
  }

  private static double[] column(MetricsFile.Table table, String name) {
    int index = table.columns().indexOf(name);
    return table.rows().stream().mapToDouble(row -> row[index]).toArray();
  }

  private int rowCount() {
    return table.rows().size();
  }

  private String split() {
    if (table.rows().isEmpty()) {
      return "";
    }
    double[] means =
        TIMES.stream()
            .mapToDouble(time ->
                IntStream.range(0, rowCount())
                    .mapToDouble(row -> column(time + "_ms")[row])
                    .average()
                    .orElse(0))
            .toArray();
    double all = IntStream.range(0, means.length).mapToDouble(i -> means[i]).sum();
    StringBuilder bars = new StringBuilder();
    StringBuilder keys = new StringBuilder();
    for (int i = 0; i < means.length; i++) {
      String name = TIMES.get(i);
      bars.append(
          String.format(
              Locale.ROOT, "<i class=\"%s\" style=\"flex:%.4f\"></i>", name, means[i] / all));
      keys.append(
          String.format(
              Locale.ROOT,
              "<span><i class=\"%s\"></i>%s %s ms, %.1f %%</span>",
              name,
              name,
              Chart.shortened(means[i]),
              100 * means[i] / all));
    }
    return """
    <section>
    <h2>Where the time of a step goes</h2>
    <div class="split">%s</div>
    <p class="keys">%s</p>
    </section>\
    """
        .formatted(bars, keys);
  }

  private String sheets(long step) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(run.sheets())) {
      Path newest = run.sheet(step);
      files =
          all.filter(file -> file.getFileName().toString().matches("step-\\d{6,}\\.png"))
              .filter(file -> stepOf(file) <= stepOf(newest))
              .sorted((a, b) -> Long.compare(stepOf(a), stepOf(b)))
              .toList();
    }
    if (files.isEmpty()) {
      return "";
    }
    StringBuilder rest = new StringBuilder();
    for (Path file : chosen(files)) {
      rest.append(sheet(file));
    }
    return """
    <section>
    <h2>Samples</h2>
    <div class="sheets">
    %s
    <div class="rest">%s</div>
    </div>
    </section>\
    """
        .formatted(sheet(files.getLast()), rest);
  }

  /** The first and some between it and the last, from the newest on. */
  private static List<Path> chosen(List<Path> files) {
    int before = files.size() - 1;
    int count = Math.min(before, 1 + MOST_BETWEEN);
    List<Path> chosen = new ArrayList<>();
    for (int i = count - 1; i >= 0; i--) {
      chosen.add(files.get(i * before / count));
    }
    return chosen;
  }

  private static long stepOf(Path sheet) {
    return Long.parseLong(sheet.getFileName().toString().replaceAll("\\D", ""));
  }

  private static String sheet(Path file) throws IOException {
    return """
    <figure class="card sheet"><img alt="samples after %1$s steps" \
    src="data:image/png;base64,%2$s"><figcaption>step %1$s</figcaption></figure>
    """
        .formatted(
            grouped(stepOf(file)), Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
  }

  private String config() {
    return RunConfig.valuesOf(run.config()).entrySet().stream()
        .map(option ->
            "<tr><td>%s</td><td>%s</td></tr>"
                .formatted(Html.escaped(option.getKey()), Html.escaped(option.getValue())))
        .collect(Collectors.joining("\n"));
  }

  private String rows() {
    return Stream.concat(
            table.columns().stream()
                .filter(
                    column -> column.contains(".") || column.equals("rate") || column.equals(STEP))
                .map(column -> row(column, column(column))),
            Stream.concat(measured.columns().stream().filter(STEP::equals), figures())
                .map(figure -> row(MEASURED + figure, column(measured, figure))))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String row(String name, double[] numbers) {
    return Arrays.stream(numbers)
        .mapToObj(RunReport::json)
        .collect(Collectors.joining(",", "\"" + name + "\":[", "]"));
  }

  private static String json(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Float.toString((float) number);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
  }

  private static String spoken(Duration time) {
    return time.toHours() > 0
        ? "%d h %02d min".formatted(time.toHours(), time.toMinutesPart())
        : "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
