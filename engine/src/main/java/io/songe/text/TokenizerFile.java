package io.songe.text;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file of a tokenizer's folder, on any file system. It is read wholly, and only up to a size
 * that no real tokenizer comes near.
 *
 * @param path where it is, or would be
 */
record TokenizerFile(Path path) {
  private static final int MAX_BYTES = 64 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** {@return whether there is such a file} */
  boolean exists() {
    return Files.isRegularFile(path);
  }

  /** {@return the JSON object in this file} */
  JsonNode object() {
    JsonNode root;
    try {
      root = JSON.readTree(bytes());
    } catch (JacksonException garbled) {
      throw label()
          .broken(
              "is not readable JSON: %s; fetch it again"
                  .formatted(FileLabel.shorten(garbled.getOriginalMessage())),
              garbled);
    }
    if (!root.isObject()) {
      throw broken("should hold a JSON object; fetch it again");
    }
    return root;
  }

  /** {@return the JSON object in this file, an empty one if there is no such file} */
  JsonNode objectIfPresent() {
    return exists() ? object() : JSON.createObjectNode();
  }

  /** {@return the text of this file, which must be UTF-8} */
  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException garbled) {
      throw label().broken("is not UTF-8 text; fetch it again", garbled);
    }
  }

  /**
   * What to throw about this file.
   *
   * @param problem what is wrong with it, as {@link String#format} takes it
   * @param values numbers, and text from the file, which is made fit for a message
   * @return the exception
   */
  BrokenFileException broken(String problem, Object... values) {
    Object[] shown =
        Stream.of(values)
            .map(value -> value instanceof Number ? value : FileLabel.shorten(value.toString()))
            .toArray();
    return label().broken(problem.formatted(shown));
  }

  private FileLabel label() {
    return FileLabel.of(path);
  }

  private byte[] bytes() {
    if (!exists()) {
      throw broken("is missing; is the tokenizer's folder complete?");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(path)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException unreadable) {
      throw label().unreadable(unreadable);
    }
    if (bytes.length > MAX_BYTES) {
      throw broken(
          "has more than %d bytes, too many for a file of a tokenizer; fetch it again", MAX_BYTES);
    }
    return bytes;
  }
}
