package io.songe.server.openai;

import io.songe.file.FileLabel;
import io.songe.server.FieldDialect;
import io.songe.server.FieldRule;
import io.songe.server.SpelledOut;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How a request is written: as JSON, or as a form. */
interface Written extends FieldDialect {
  /** Values are what they are. */
  record AsJson() implements Written {
    @Override
    public String ofOtherKind(String field, FieldRule rule, JsonNode value) {
      String kind = rule instanceof FieldRule.Text ? "a string" : rule.kind();
      return "%s must be %s, got %s".formatted(field, kind, FileLabel.quote(value.toString()));
    }
  }

  /** Numbers and flags are spelled out. */
  record AsForm() implements Written, SpelledOut {
    @Override
    public String ofOtherKind(String field, FieldRule rule, JsonNode value) {
      return outOfRange(field, rule, value);
    }
  }

  @Override
  default int status() {
    return 400;
  }

  @Override
  default String outOfRange(String field, FieldRule rule, JsonNode value) {
    String allowed =
        rule instanceof FieldRule.Whole ? rule.kind() + " " + rule.range() : rule.range();
    String got =
        value.isNumber() && value.canConvertToLong()
            ? value.toString()
            : FileLabel.quote(value.asString());
    return "%s must be %s, got %s".formatted(field, allowed, got);
  }

  @Override
  default String unknown(String field, Set<String> known) {
    return "unknown parameter %s; known here are %s"
        .formatted(FileLabel.quote(field), String.join(", ", known));
  }
}
