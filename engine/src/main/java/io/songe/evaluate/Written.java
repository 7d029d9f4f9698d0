package io.songe.evaluate;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as a page shows them. */
final class Written {
  private Written() {}

  static String number(Figure.Unit unit, OptionalDouble value) {
    return value.isEmpty() ? "" : number(unit, value.getAsDouble());
  }

  static String number(Figure.Unit unit, double value) {
    return switch (unit) {
      case PART -> percent(value);
      case NUMBER -> String.format(Locale.ROOT, "%.3f", value);
    };
  }

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
