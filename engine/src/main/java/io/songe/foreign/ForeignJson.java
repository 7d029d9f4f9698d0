package io.songe.foreign;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON texts in pictures, of bounded length and depth. {@code NaN} is let through, because Python
 * writes it.
 */
final class ForeignJson {
  /** In characters. The largest graphs that people make have some hundred thousand. */
  static final int LONGEST = 4 << 20;

  private static final int DEEPEST = 100;
  private static final int LONGEST_SHOWN = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(100)
                          .maxStringLength(LONGEST)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ForeignJson() {}

  static boolean looksLikeObject(String text) {
    return text.stripLeading().startsWith("{");
  }

  /**
   * Reads a text.
   *
   * @param name of the text, for messages
   * @param text that looks like an object
   * @throws BrokenFileException if it is none, or is too long or too deep
   */
  static ObjectNode read(String name, String text) {
    if (text.length() > LONGEST) {
      throw new BrokenFileException(
          "the text %s in this picture has %d characters, more than the limit of %d; the file may be hostile"
              .formatted(FileLabel.quote(name), text.length(), LONGEST));
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException malformed) {
      throw new BrokenFileException(
          "the text %s in this picture is damaged JSON: %s; songe cannot tell how it was made"
              .formatted(FileLabel.quote(name), FileLabel.shorten(malformed.getOriginalMessage())),
          malformed);
    }
    throw new BrokenFileException(
        "the text %s in this picture is not a JSON object; songe cannot tell how it was made"
            .formatted(FileLabel.quote(name)));
  }

  /** {@return a value as people read it: a text bare, the rest as JSON, not too long} */
  static String shown(JsonNode value) {
    String text = value.isValueNode() ? value.asString() : value.toString();
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
  }

  /** {@return whether a value says that something is not used: 0, false, nothing at all} */
  static boolean isOff(JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL, MISSING -> true;
      case BOOLEAN -> !value.booleanValue();
      case NUMBER -> value.doubleValue() == 0;
      case STRING -> value.stringValue().isBlank();
      case ARRAY, OBJECT -> value.isEmpty();
      case BINARY, POJO -> false;
    };
  }
}
