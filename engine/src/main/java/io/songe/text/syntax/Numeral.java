package io.songe.text.syntax;

import java.math.BigDecimal;

/** Numbers in prompts: decimal digits with a point or none, no exponent. */
final class Numeral {
  /** A regular expression, without groups that capture. */
  static final String PATTERN = "[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)";

  /**
   * The largest weight, far beyond any use. Brackets multiply, and thousands of them would make a
   * weight infinite.
   */
  static final double LARGEST = 1e6;

  private Numeral() {}

  /** {@return the number of a text that fits the pattern, at most {@link #LARGEST} either way} */
  static double read(String text) {
    return limited(Double.parseDouble(text));
  }

  /** {@return a finite number within the largest} */
  static double limited(double number) {
    return Math.clamp(number, -LARGEST, LARGEST);
  }

  /** {@return a number as the shortest text without an exponent that reads back as the same} */
  static String write(double number) {
    String sign = 1 / number == Double.NEGATIVE_INFINITY ? "-" : "";
    return sign + new BigDecimal(Double.toString(number)).toPlainString();
  }
}
