package io.songe.server.api;

import io.javalin.http.Context;
import io.songe.file.FileLabel;
import io.songe.image.Colour;
import io.songe.server.Fields;
import io.songe.server.HttpFailure;
import io.songe.server.SpelledOut;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is asked for behind the question mark, read as strictly as a body. */
final class Query {
  private static final int LONGEST = 1000;
  private static final SpelledOut DIALECT = () -> 400;

  private final Fields fields;

  private Query(Fields fields) {
    this.fields = fields;
  }

  /**
   * The query of a request. What is empty counts as not being there.
   *
   * @throws HttpFailure if something is there twice
   */
  static Query of(Context context) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    context
        .queryParamMap()
        .forEach((name, values) -> {
          if (values.size() > 1) {
            String shown = FileLabel.shorten(name);
            throw Refused.field(
                shown, shown + " is there " + values.size() + " times; give it once");
          }
          String value = String.join("", values);
          object.set(name, value.isEmpty() ? object.nullNode() : object.stringNode(value));
        });
    return new Query(Fields.of(object, DIALECT));
  }

  /** {@return a text} */
  Optional<String> text(String name) {
    return fields.text(name, LONGEST);
  }

  /** {@return a whole number} */
  int whole(String name, int least, int most, int usual) {
    return fields.whole(name, least, most).orElse(usual);
  }

  /** {@return whether something is asked for} */
  boolean flag(String name) {
    return fields.flag(name).orElse(false);
  }

  /** {@return one of several texts} */
  Optional<String> choice(String name, List<String> choices) {
    return text(name)
        .map(value -> {
          if (!choices.contains(value)) {
            throw wrong(name, "must be one of " + String.join(", ", choices), value);
          }
          return value;
        });
  }

  /** {@return a moment: the beginning of a day such as 2026-11-01, or 2026-11-01T12:30:00Z} */
  Optional<Instant> moment(String name) {
    return text(name)
        .map(value -> {
          try {
            return value.indexOf('T') < 0
                ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(value);
          } catch (DateTimeParseException noDate) {
            throw wrong(
                name,
                "must be a day such as 2026-11-01 or a time such as 2026-11-01T12:30:00Z",
                value);
          }
        });
  }

  /** {@return a colour} */
  Optional<Colour> colour(String name) {
    return text(name).map(value -> fields.with(name, () -> Colour.parse(value)));
  }

  /**
   * Refuses what was not asked for.
   *
   * @throws HttpFailure if there is something
   */
  void end() {
    fields.end();
  }

  private static HttpFailure wrong(String name, String rule, String value) {
    return Refused.field(name, "%s %s, got \"%s\"".formatted(name, rule, FileLabel.shorten(value)));
  }
}
