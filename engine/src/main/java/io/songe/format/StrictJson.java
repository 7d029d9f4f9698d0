package io.songe.format;

import io.songe.file.FileLabel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON file as one object: valid UTF-8, no repeated keys, nothing after the end, of bounded size
 * and depth. {@code NaN} and {@code Infinity} are let through, because Python writes them into
 * published configurations.
 */
public final class StrictJson {
  /** The largest file accepted, in bytes. */
  static final int LARGEST = 16 << 20;

  private static final int DEEPEST = 64;

  // Names are not interned or kept in a symbol table that would outlive a hostile file.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                  .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(100)
                          .maxStringLength(LARGEST)
                          .maxNameLength(4096)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Reads a file.
   *
   * @throws io.songe.error.BrokenFileException if it is missing, too large, or not one JSON object
   */
  static ObjectNode read(Path path) {
    FileLabel label = FileLabel.of(path);
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw label.broken(
            "is larger than %d bytes, which no configuration is; download it again"
                .formatted(LARGEST));
      }
      return parse(bytes, label);
    } catch (IOException failure) {
      throw label.unreadable(failure);
    }
  }

  /**
   * Parses a text.
   *
   * @param utf8 the text
   * @param label how messages call where it stands
   * @return the object
   * @throws io.songe.error.BrokenFileException if it is not one JSON object
   */
  public static ObjectNode parse(byte[] utf8, FileLabel label) {
    Reader text =
        new InputStreamReader(
            new ByteArrayInputStream(utf8),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JacksonException malformed) {
      throw label.broken(
          malformed.getCause() instanceof CharacterCodingException
              ? "is not valid UTF-8; download it again"
              : "is not valid JSON%s: %s; correct it or download it again"
                  .formatted(place(malformed), FileLabel.shorten(malformed.getOriginalMessage())),
          malformed);
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw label.broken("is not a JSON object in braces; download it again");
  }

  private static String place(JacksonException malformed) {
    TokenStreamLocation at = malformed.getLocation();
    return at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }
}
