package io.songe.evaluate;

import java.util.Locale;

/** Numbers as a page shows them. */
final class Written {
  private Written() {}

  /** As short as it can be. */
  static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  /** Small chances are not written as none. */
  static String percent(double part) {
    String digits = part > 0 && part < .01 ? "%.2f %%" : "%.1f %%";
    return String.format(Locale.ROOT, digits, 100 * part);
  }
}
