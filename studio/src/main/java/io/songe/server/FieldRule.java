package io.songe.server;

import java.util.List;

/** What a field of a request may hold. */
public sealed interface FieldRule {
  /** Any text. */
  record Text() implements FieldRule {}

  /** A whole number, from the least to the most. */
  record Whole(long least, long most) implements FieldRule {}

  /** A number, from the least to the most. */
  record Real(double least, double most) implements FieldRule {}

  /** True or false. */
  record Flag() implements FieldRule {}

  /** One of several words. */
  record Choice(List<String> words) implements FieldRule {}

  /** A list of anything. */
  record Listed() implements FieldRule {}

  /** An object with fields of its own. */
  record Inner() implements FieldRule {}

  /** {@return of what kind the value is, such as {@code a whole number}} */
  default String kind() {
    return switch (this) {
      case Text _, Choice _ -> "a text";
      case Whole _ -> "a whole number";
      case Real _ -> "a number";
      case Flag _ -> "true or false";
      case Listed _ -> "a list";
      case Inner _ -> "an object";
    };
  }

  /** {@return which values of its kind it may be, such as {@code from 1 to 10}} */
  default String range() {
    return switch (this) {
      case Whole(long least, long most) -> "from " + least + " to " + most;
      case Real(double least, double most) -> "from " + plain(least) + " to " + plain(most);
      case Choice(List<String> words) -> "one of " + String.join(", ", words);
      case Text _, Flag _, Listed _, Inner _ -> kind();
    };
  }

  private static String plain(double number) {
    return number == (long) number ? String.valueOf((long) number) : String.valueOf(number);
  }
}
