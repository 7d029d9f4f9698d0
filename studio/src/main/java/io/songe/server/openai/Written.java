package io.songe.server.openai;

import io.songe.file.FileLabel;
import io.songe.server.FieldDialect;
import io.songe.server.FieldRule;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How a request is written: as JSON, or as a form, in which numbers and flags are spelled out. */
enum Written implements FieldDialect {
  AS_JSON {
    @Override
    public String ofOtherKind(String field, FieldRule rule, JsonNode value) {
      String kind = rule instanceof FieldRule.Text ? "a string" : rule.kind();
      return "%s must be %s, got %s".formatted(field, kind, FileLabel.quote(value.toString()));
    }
  },
  AS_FORM {
    private static final int MOST_DIGITS = 40;

    @Override
    public Optional<BigInteger> whole(JsonNode value) {
      String digits = value.stringValue().strip();
      try {
        return digits.length() > MOST_DIGITS
            ? Optional.empty()
            : Optional.of(new BigInteger(digits));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }

    @Override
    public Optional<Boolean> flag(JsonNode value) {
      return switch (value.stringValue().strip().toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    @Override
    public String ofOtherKind(String field, FieldRule rule, JsonNode value) {
      return outOfRange(field, rule, value);
    }
  };

  @Override
  public int status() {
    return 400;
  }

  @Override
  public String outOfRange(String field, FieldRule rule, JsonNode value) {
    String allowed =
        rule instanceof FieldRule.Whole ? rule.kind() + " " + rule.range() : rule.range();
    String got =
        value.isNumber() && value.canConvertToLong()
            ? value.toString()
            : FileLabel.quote(value.asString());
    return "%s must be %s, got %s".formatted(field, allowed, got);
  }

  @Override
  public String unknown(String field, Set<String> known) {
    return "unknown parameter %s; known here are %s"
        .formatted(FileLabel.quote(field), String.join(", ", known));
  }
}
