package io.songe.server.api;

import io.javalin.http.Context;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.image.Colour;
import io.songe.server.Fields;
import io.songe.server.HttpFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is asked for behind the question mark, read as strictly as {@link Fields}. */
final class Query {
  private static final int LONGEST = 1000;

  private final Map<String, List<String>> parameters;
  private final Set<String> known = new TreeSet<>();

  private Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /** {@return the query of a request} */
  static Query of(Context context) {
    return new Query(context.queryParamMap());
  }

  /** {@return a text; what is empty counts as not being there} */
  Optional<String> text(String name) {
    known.add(name);
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Refused.field(name, name + " is there " + values.size() + " times; give it once");
    }
    return values.stream()
        .findFirst()
        .filter(value -> !value.isEmpty())
        .map(value -> Texts.checked(name, value, LONGEST));
  }

  /** {@return a whole number} */
  int whole(String name, int least, int most, int usual) {
    return text(name)
        .map(value -> {
          try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
              return number;
            }
          } catch (NumberFormatException noNumber) {
            // refused as numbers out of the range are
          }
          throw wrong(name, "must be a whole number from " + least + " to " + most, value);
        })
        .orElse(usual);
  }

  /** {@return whether something is asked for} */
  boolean flag(String name) {
    return text(name)
        .map(value ->
            switch (value) {
              case "true" -> true;
              case "false" -> false;
              default -> throw wrong(name, "must be true or false", value);
            })
        .orElse(false);
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
    return text(name)
        .map(value -> {
          try {
            return Colour.parse(value);
          } catch (InvalidRequestException unknown) {
            throw Refused.field(name, String.valueOf(unknown.getMessage()));
          }
        });
  }

  /**
   * Refuses what was not asked for.
   *
   * @throws HttpFailure if there is something
   */
  void end() {
    for (String name : parameters.keySet()) {
      if (!known.contains(name)) {
        String shown = FileLabel.shorten(name);
        throw Refused.field(
            shown, "%s is not known here; known are %s".formatted(shown, String.join(", ", known)));
      }
    }
  }

  private static HttpFailure wrong(String name, String rule, String value) {
    return Refused.field(name, "%s %s, got \"%s\"".formatted(name, rule, FileLabel.shorten(value)));
  }
}
