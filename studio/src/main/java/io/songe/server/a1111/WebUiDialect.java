package io.songe.server.a1111;

import io.songe.file.FileLabel;
import io.songe.server.FieldDialect;
import io.songe.server.FieldRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Values as the web UI's server takes them: a number may be written as a text. */
enum WebUiDialect implements FieldDialect {
  WEB_UI;

  static final int UNPROCESSABLE = 422;
  private static final int LONGEST_NUMBER = 40;

  /** Beyond this no bounds allow a number, and its digits would fill the memory. */
  private static final int MOST_DIGITS = 400;

  @Override
  public int status() {
    return UNPROCESSABLE;
  }

  @Override
  public Optional<BigInteger> whole(JsonNode value) {
    return decimal(value)
        .filter(number -> number.signum() == 0 || number.stripTrailingZeros().scale() <= 0)
        .map(BigDecimal::toBigInteger);
  }

  @Override
  public Optional<Double> number(JsonNode value) {
    return decimal(value).map(BigDecimal::doubleValue);
  }

  private static Optional<BigDecimal> decimal(JsonNode value) {
    String text = value.isString() ? value.stringValue().strip() : "";
    if (value.isNumber() || (!text.isEmpty() && text.length() <= LONGEST_NUMBER)) {
      try {
        return Optional.of(value.isNumber() ? value.decimalValue() : new BigDecimal(text))
            .filter(each -> Math.abs((long) each.precision() - each.scale()) < MOST_DIGITS);
      } catch (NumberFormatException | JacksonException none) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Boolean> flag(JsonNode value) {
    return switch (value.asString("").toLowerCase(Locale.ROOT)) {
      case "true", "1", "on", "yes" -> Optional.of(true);
      case "false", "0", "off", "no" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  @Override
  public String ofOtherKind(String field, FieldRule rule, JsonNode value) {
    String complaint =
        switch (rule) {
          case FieldRule.Text _, FieldRule.Choice _ -> "str type expected, got ";
          case FieldRule.Whole _ -> "value is not a valid integer: ";
          case FieldRule.Real _ -> "value is not a valid float: ";
          case FieldRule.Flag _ -> "value is not a valid boolean: ";
          case FieldRule.Listed _ -> "value is not a valid list: ";
          case FieldRule.Inner _ -> "value is not a valid dict: ";
        };
    return complaint + shown(value);
  }

  @Override
  public String outOfRange(String field, FieldRule rule, JsonNode value) {
    return "ensure this value is %s, got %s".formatted(rule.range(), shown(value));
  }

  private static String shown(JsonNode value) {
    return FileLabel.shorten(value.isContainer() ? "a list or an object" : value.asString(""));
  }
}
