package io.songe.evaluate;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One number of an evaluation.
 *
 * @param id its name in files, such as {@code concept_top1_en}
 * @param text what it is, in words
 * @param unit how it is written
 * @param value of the model; empty if it could not be had
 * @param real what real drawings get that the judge never saw; empty if that makes no sense
 * @param chance what would come of guessing; empty if that makes no sense
 * @param count of pictures that it was had from; 0 if it could not be had
 * @param remark why it could not be had, or what else to know; may be empty
 */
public record Figure(
    String id,
    String text,
    Unit unit,
    OptionalDouble value,
    OptionalDouble real,
    OptionalDouble chance,
    int count,
    String remark) {
  /** How a number is written. */
  public enum Unit {
    /** A part of 1, written in percent. */
    PART {
      @Override
      String written(double value) {
        return Written.percent(value);
      }
    },
    /** Any other number. */
    NUMBER {
      @Override
      String written(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
      }
    };

    abstract String written(double value);
  }

  /**
   * How a number of this figure is shown.
   *
   * @param number its value, or one to compare it with
   * @return the number with its unit; nothing for none
   */
  public String written(OptionalDouble number) {
    return number.isEmpty() ? "" : unit.written(number.getAsDouble());
  }

  /**
   * A figure that could not be had.
   *
   * @param id its name in files
   * @param text what it is
   * @param why in words
   */
  static Figure missing(String id, String text, String why) {
    return new Figure(
        id,
        text,
        Unit.NUMBER,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0,
        why);
  }

  static Figure part(
      String id, String text, double value, OptionalDouble real, double chance, int count) {
    return new Figure(
        id, text, Unit.PART, OptionalDouble.of(value), real, OptionalDouble.of(chance), count, "");
  }

  static Figure number(
      String id, String text, double value, OptionalDouble real, OptionalDouble chance, int count) {
    return new Figure(id, text, Unit.NUMBER, OptionalDouble.of(value), real, chance, count, "");
  }

  Figure withRemark(String other) {
    return new Figure(id, text, unit, value, real, chance, count, other);
  }
}
