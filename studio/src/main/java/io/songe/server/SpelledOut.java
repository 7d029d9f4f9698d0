package io.songe.server;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Of forms and queries, in which all values are texts. */
public interface SpelledOut extends FieldDialect {
  /** More than any number that is asked for has. */
  int MOST_DIGITS = 40;

  @Override
  default Optional<BigInteger> whole(JsonNode value) {
    String digits = value.stringValue().strip();
    try {
      return digits.length() > MOST_DIGITS ? Optional.empty() : Optional.of(new BigInteger(digits));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  @Override
  default Optional<Boolean> flag(JsonNode value) {
    return switch (value.stringValue().strip().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
