package io.songe.train;

import io.songe.format.Html;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * One curve of a report: thin as it was measured, thick smoothed. Its scale is logarithmic where
 * the values are positive and range over more than a factor of ten, but for the learning rate,
 * whose shape is known as it is.
 */
final class Chart {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 190;
  private static final int LEFT = 44;
  private static final int RIGHT = WIDTH - 6;
  private static final int TOP = 8;
  private static final int BOTTOM = HEIGHT - 20;
  private static final int MOST_TICKS = 5;

  /** Over which part of the curve it is smoothed. */
  private static final double SMOOTHED = 1 / 40.0;

  private final String column;
  private final String stepColumn;
  private final String title;
  private final double[] steps;
  private final double[] values;

  /**
   * A curve.
   *
   * @param column of the page's numbers, to which its script goes back for values under the pointer
   * @param stepColumn of the steps to these values
   * @param title for people
   * @param steps rising
   * @param values one for each step
   */
  Chart(String column, String stepColumn, String title, double[] steps, double[] values) {
    this.column = column;
    this.stepColumn = stepColumn;
    this.title = title;
    this.steps = steps;
    this.values = values;
  }

  /** From the lowest to the highest value. */
  private record Scale(double low, double high, boolean logarithmic) {
    static Scale of(double[] values, boolean mayBeLogarithmic) {
      double low = DoubleStream.of(values).min().orElse(0);
      double high = DoubleStream.of(values).max().orElse(1);
      if (mayBeLogarithmic && low > 0 && high > 10 * low) {
        return new Scale(low, high, true);
      }
      double room = high > low ? (high - low) / 20 : Math.max(1e-12, Math.abs(high) / 10);
      return new Scale(low >= 0 ? Math.max(0, low - room) : low - room, high + room, false);
    }

    double y(double value) {
      double part = (on(value) - on(low)) / (on(high) - on(low));
      return BOTTOM - Math.clamp(part, 0, 1) * (BOTTOM - TOP);
    }

    private double on(double value) {
      return logarithmic ? Math.log10(value) : value;
    }

    double[] ticks() {
      return logarithmic ? decades() : even();
    }

    private double[] decades() {
      int first = (int) Math.floor(Math.log10(low));
      int last = (int) Math.ceil(Math.log10(high));
      double[][] choices = {{1, 2, 5}, {1, 3}, {1}};
      for (double[] choice : choices) {
        double[] ticks =
            DoubleStream.iterate(first, e -> e <= last, e -> e + 1)
                .flatMap(e -> Arrays.stream(choice).map(c -> c * Math.pow(10, e)))
                .filter(tick -> tick >= low && tick <= high)
                .toArray();
        if (ticks.length <= MOST_TICKS) {
          return ticks;
        }
      }
      int every = Math.ceilDiv(last - first, MOST_TICKS);
      return DoubleStream.iterate(first, e -> e <= last, e -> e + every)
          .map(e -> Math.pow(10, e))
          .filter(tick -> tick >= low && tick <= high)
          .toArray();
    }

    private double[] even() {
      double step = Math.pow(10, Math.floor(Math.log10((high - low) / 2)));
      for (double factor : new double[] {1, 2, 5, 10}) {
        double spacing = step * factor;
        double first = Math.ceil(low / spacing);
        double last = Math.floor(high / spacing);
        if (last - first < MOST_TICKS) {
          return DoubleStream.iterate(first, i -> i <= last, i -> i + 1)
              .map(i -> i * spacing)
              .toArray();
        }
      }
      return new double[] {low, high};
    }
  }

  /** {@return the curve as a figure of a page} */
  String svg() {
    Scale scale = Scale.of(values, !column.equals("rate"));
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <figure class="card chart"><figcaption><span>%s</span><output>%s</output></figcaption>
            <svg viewBox="0 0 %d %d" role="img" aria-label="%s by step" data-column="%s" \
            data-steps="%s" data-scale='{"left":%d,"right":%d,"top":%d,"bottom":%d,"low":%s,"high":%s,"log":%s}'>
            """,
            Html.escaped(title),
            shortened(values[values.length - 1]),
            WIDTH,
            HEIGHT,
            Html.escaped(title),
            column,
            stepColumn,
            LEFT,
            RIGHT,
            TOP,
            BOTTOM,
            scale.low,
            scale.high,
            scale.logarithmic));
    for (double tick : scale.ticks()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              LEFT,
              RIGHT,
              scale.y(tick),
              scale.y(tick),
              LEFT - 6,
              scale.y(tick) + 3.5,
              shortened(tick)));
    }
    double last = steps[steps.length - 1];
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <text x="%d" y="%d">%s</text><text x="%d" y="%d" text-anchor="end">%s</text>
            <path class="raw" d="%s"/><path class="smooth" d="%s"/>
            <line class="hair" y1="%d" y2="%d"/><circle class="dot" r="3.5"/>
            </svg></figure>\
            """,
            LEFT,
            HEIGHT - 4,
            shortened(steps[0]),
            RIGHT,
            HEIGHT - 4,
            shortened(last),
            path(scale, values),
            path(scale, smoothed()),
            TOP,
            BOTTOM));
    return svg.toString();
  }

  private String path(Scale scale, double[] curve) {
    double width = Math.max(1, steps[steps.length - 1] - steps[0]);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < curve.length; i++) {
      double x = LEFT + (steps[i] - steps[0]) / width * (RIGHT - LEFT);
      path.append(
          String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, scale.y(curve[i])));
    }
    return path.toString();
  }

  /** The mean of the neighbours on both sides; of fewer near the ends. */
  private double[] smoothed() {
    int reach = (int) (values.length * SMOOTHED);
    double[] smooth = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int aside = Math.min(reach, Math.min(i, values.length - 1 - i));
      smooth[i] = Arrays.stream(values, i - aside, i + aside + 1).average().orElse(values[i]);
    }
    return smooth;
  }

  /** {@return a number with about three digits} */
  static String shortened(double number) {
    double size = Math.abs(number);
    if (number == 0) {
      return "0";
    }
    if (size >= 1e6) {
      return trimmed(number / 1e6) + "M";
    }
    if (size >= 1e4) {
      return trimmed(number / 1e3) + "k";
    }
    return size < 1e-3
        ? String.format(Locale.ROOT, "%.1e", number).replace(".0e", "e").replace("e-0", "e-")
        : trimmed(number);
  }

  private static String trimmed(double number) {
    int decimals = Math.clamp(2 - (int) Math.floor(Math.log10(Math.abs(number))), 0, 5);
    String text = String.format(Locale.ROOT, "%." + decimals + "f", number);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
