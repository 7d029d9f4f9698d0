package io.songe.server.api;

import io.songe.error.InvalidRequestException;
import io.songe.file.FileLabel;
import io.songe.server.HttpFailure;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object that was sent, each read once, by name, type and range. {@code null}
 * counts as not being there. After the last one, {@link #end} refuses what nobody asked for: a
 * misspelt field is told, not ignored.
 */
final class Fields {
  /** Beyond this, JavaScript does not tell whole numbers apart. */
  static final long MOST_WHOLE = (1L << 53) - 1;

  private static final int MOST_OF_ANY_TEXT = 1000;

  private final String path;
  private final JsonNode object;
  private final Set<String> known = new TreeSet<>();

  private Fields(String path, JsonNode object) {
    this.path = path;
    this.object = object;
  }

  /**
   * The fields of a body.
   *
   * @throws HttpFailure if it is no object
   */
  static Fields of(JsonNode body) {
    if (!body.isObject()) {
      throw Refused.request("the body must be a JSON object, such as {\"phrase\": \"a castle\"}");
    }
    return new Fields("", body);
  }

  /** {@return the whole name of a field, such as {@code start.mask.blur}} */
  String name(String field) {
    return path + field;
  }

  private Optional<JsonNode> node(String field) {
    known.add(field);
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /** {@return whether a field is there} */
  boolean has(String field) {
    return node(field).isPresent();
  }

  /** {@return a text of any kind of name} */
  Optional<String> text(String field) {
    return text(field, MOST_OF_ANY_TEXT);
  }

  /** {@return a text of at most so many characters} */
  Optional<String> text(String field, int most) {
    return node(field)
        .map(value -> {
          if (!value.isString()) {
            throw wrong(field, "must be a text", value);
          }
          return Texts.checked(name(field), value.stringValue(), most);
        });
  }

  /** {@return a whole number} */
  Optional<Integer> whole(String field, int least, int most) {
    return large(field, least, most).map(Math::toIntExact);
  }

  /** {@return a whole number that may be large} */
  Optional<Long> large(String field, long least, long most) {
    return node(field)
        .map(value -> {
          if (!value.isIntegralNumber()) {
            throw wrong(field, "must be a whole number", value);
          }
          if (!value.canConvertToLong() || value.asLong() < least || value.asLong() > most) {
            throw wrong(field, "must be from " + least + " to " + most, value);
          }
          return value.asLong();
        });
  }

  /** {@return a number} */
  Optional<Double> number(String field, double least, double most) {
    return node(field)
        .map(value -> {
          if (!value.isNumber()) {
            throw wrong(field, "must be a number", value);
          }
          double number = value.asDouble(Double.NaN);
          if (!(number >= least && number <= most)) {
            throw wrong(field, "must be from " + plain(least) + " to " + plain(most), value);
          }
          return number;
        });
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** {@return whether something is so; not if nothing is said} */
  boolean flag(String field, boolean usual) {
    return node(field)
        .map(value -> {
          if (!value.isBoolean()) {
            throw wrong(field, "must be true or false", value);
          }
          return value.booleanValue();
        })
        .orElse(usual);
  }

  /** {@return one of several things by its name} */
  <T> Optional<T> choice(String field, Map<String, T> choices) {
    return text(field)
        .map(name -> {
          T chosen = choices.get(name.strip().toLowerCase(Locale.ROOT));
          if (chosen == null) {
            throw Refused.field(
                name(field),
                "%s must be one of %s, got \"%s\""
                    .formatted(
                        name(field),
                        String.join(", ", new TreeSet<>(choices.keySet())),
                        FileLabel.shorten(name)));
          }
          return chosen;
        });
  }

  /** {@return the fields of an object in this one} */
  Optional<Fields> object(String field) {
    return node(field)
        .map(value -> {
          if (!value.isObject()) {
            throw wrong(field, "must be an object", value);
          }
          return new Fields(name(field) + ".", value);
        });
  }

  /**
   * What is made from a field, whose name is told if it cannot be.
   *
   * @throws HttpFailure in place of an {@link InvalidRequestException}
   */
  <T> T with(String field, Supplier<T> made) {
    try {
      return made.get();
    } catch (InvalidRequestException impossible) {
      throw Refused.field(name(field), String.valueOf(impossible.getMessage()));
    }
  }

  /** {@return the refusal of a field that is needed} */
  HttpFailure needed(String field, String why) {
    return Refused.field(name(field), name(field) + " is needed: " + why);
  }

  /**
   * Refuses fields that were not asked for.
   *
   * @throws HttpFailure if there is one
   */
  void end() {
    for (String field : object.propertyNames()) {
      if (!known.contains(field)) {
        String name = FileLabel.shorten(path + field);
        throw Refused.field(
            name, "%s is not known here; known are %s".formatted(name, String.join(", ", known)));
      }
    }
  }

  private HttpFailure wrong(String field, String rule, JsonNode value) {
    String got = FileLabel.shorten(value.toString());
    return Refused.field(name(field), "%s %s, got %s".formatted(name(field), rule, got));
  }
}
