package io.songe.server;

import io.songe.file.FileLabel;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How the clients of a door write values, and how the door says which are wrong. Unless a door has
 * other habits, numbers, texts and truth values are taken as what they are: {@code "20"} is no
 * number.
 */
public interface FieldDialect {
  /** {@return of HTTP, when a field is wrong} */
  int status();

  /** {@return the whole number that a value is; empty if it is none} */
  default Optional<BigInteger> whole(JsonNode value) {
    return value.isIntegralNumber() ? Optional.of(value.bigIntegerValue()) : Optional.empty();
  }

  /** {@return the number that a value is, perhaps an infinite one; empty if it is none} */
  default Optional<Double> number(JsonNode value) {
    return value.isNumber() ? Optional.of(value.asDouble(Double.NaN)) : Optional.empty();
  }

  /** {@return the truth that a value is; empty if it is none} */
  default Optional<Boolean> flag(JsonNode value) {
    return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
  }

  /** {@return what is said of a value of another kind} */
  default String ofOtherKind(String field, FieldRule rule, JsonNode value) {
    return "%s must be %s, got %s"
        .formatted(field, rule.kind(), FileLabel.shorten(value.toString()));
  }

  /** {@return what is said of a value of the right kind that is out of its range} */
  default String outOfRange(String field, FieldRule rule, JsonNode value) {
    return "%s must be %s, got %s"
        .formatted(field, rule.range(), FileLabel.shorten(value.toString()));
  }

  /** {@return what is said of a field that is none} */
  default String unknown(String field, Set<String> known) {
    return "%s is not known here; known are %s"
        .formatted(FileLabel.shorten(field), String.join(", ", known));
  }
}
