package io.songe.server.openai;

import io.songe.file.FileLabel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * The named values of a request, whether they came as JSON or as a form, in which numbers and flags
 * are spelled out. Read strictly: a value of the wrong type or out of its range is refused with the
 * field's name, null is the same as nothing, and what is not known is refused too.
 */
final class Fields {
  private static final int DEEPEST = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(Body.MOST_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<String, JsonNode> values;
  private final boolean spelledOut;

  private Fields(Map<String, JsonNode> values, boolean spelledOut) {
    this.values = values;
    this.spelledOut = spelledOut;
  }

  /** {@return the fields of a JSON object} */
  static Fields ofJson(byte[] body) {
    JsonNode read;
    try {
      read = JSON.readTree(body);
    } catch (JacksonException garbled) {
      throw Refusal.of(400, "the body is not the JSON that it should be: " + reason(garbled));
    }
    if (read == null || !read.isObject()) {
      throw Refusal.of(400, "the body must be one JSON object, such as {\"prompt\": \"a fox\"}");
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    read.properties().forEach(each -> values.put(each.getKey(), each.getValue()));
    return new Fields(values, false);
  }

  /** {@return the fields of a form} */
  static Fields ofForm(Map<String, String> texts) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    texts.forEach((name, text) -> values.put(name, StringNode.valueOf(text)));
    return new Fields(values, true);
  }

  /** {@return what is wrong and in which line, without the source, which may be long} */
  private static String reason(JacksonException garbled) {
    String reason = String.valueOf(garbled.getOriginalMessage()).lines().findFirst().orElse("");
    return garbled.getLocation() == null
        ? reason
        : reason + " (line " + garbled.getLocation().getLineNr() + ")";
  }

  /** Refuses fields with other names than these. */
  void allowOnly(Set<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw Refusal.ofField(
            name,
            "unknown parameter %s; known here are %s"
                .formatted(FileLabel.quote(name), String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  /** {@return a value as it came, empty if there is none} */
  Optional<JsonNode> raw(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
  }

  /** {@return a text, which may be empty} */
  Optional<String> text(String name) {
    return raw(name)
        .map(value -> {
          if (!value.isString()) {
            throw wrongType(name, "a string", value);
          }
          return value.stringValue();
        });
  }

  /** {@return a whole number in a range} */
  Optional<Long> whole(String name, long least, long most) {
    return raw(name)
        .map(value -> {
          long number = number(name, value, least, most);
          if (number < least || number > most) {
            throw outOfRange(name, String.valueOf(number), least, most);
          }
          return number;
        });
  }

  private long number(String name, JsonNode value, long least, long most) {
    if (spelledOut) {
      try {
        return Long.parseLong(value.stringValue().strip());
      } catch (NumberFormatException _) {
        throw outOfRange(name, FileLabel.quote(value.stringValue()), least, most);
      }
    }
    if (!value.isIntegralNumber()) {
      throw wrongType(name, "a whole number", value);
    }
    if (!value.canConvertToLong()) {
      throw outOfRange(name, FileLabel.quote(value.toString()), least, most);
    }
    return value.longValue();
  }

  private static RuntimeException outOfRange(String name, String value, long least, long most) {
    return Refusal.ofField(
        name,
        "%s must be a whole number from %d to %d, got %s".formatted(name, least, most, value));
  }

  /** {@return a flag, false if it is not given} */
  boolean flag(String name) {
    Optional<JsonNode> value = raw(name);
    if (value.isEmpty()) {
      return false;
    }
    if (spelledOut) {
      return switch (value.get().stringValue().strip().toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrongType(name, "true or false", value.get());
      };
    }
    if (!value.get().isBoolean()) {
      throw wrongType(name, "true or false", value.get());
    }
    return value.get().booleanValue();
  }

  /** {@return one of the words of a closed choice} */
  <E extends Enum<E>> Optional<E> choice(String name, Class<E> choices) {
    return text(name)
        .map(text ->
            Arrays.stream(choices.getEnumConstants())
                .filter(each -> word(each).equals(text))
                .findFirst()
                .orElseThrow(() ->
                    Refusal.ofField(
                        name,
                        "%s must be one of %s, got %s"
                            .formatted(
                                name,
                                Arrays.stream(choices.getEnumConstants())
                                    .map(Fields::word)
                                    .collect(Collectors.joining(", ")),
                                FileLabel.quote(text)))));
  }

  /** {@return how an alternative is called in requests and answers} */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static RuntimeException wrongType(String name, String wanted, JsonNode value) {
    return Refusal.ofField(
        name, "%s must be %s, got %s".formatted(name, wanted, FileLabel.quote(value.toString())));
  }
}
