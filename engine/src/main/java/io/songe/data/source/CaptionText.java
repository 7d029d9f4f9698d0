package io.songe.data.source;

import io.songe.file.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads captions: UTF-8, or UTF-16 where the file says so in its first two bytes. */
final class CaptionText {
  private static final int LONGEST = 64 << 20;
  private static final int LITTLE_ENDIAN_MARK = 0xfffe;
  private static final int BIG_ENDIAN_MARK = 0xfeff;

  private CaptionText() {}

  /** {@return the text of a file, without a mark of its encoding} */
  static String read(Path file) throws UnusableArtworkException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (IOException unreadable) {
      throw new UnusableArtworkException(
          "%s cannot be read: %s"
              .formatted(FileLabel.of(file).text(), FileLabel.reason(unreadable)),
          unreadable);
    }
    if (bytes.length > LONGEST) {
      throw new UnusableArtworkException(
          "%s has more than %d bytes".formatted(FileLabel.of(file).text(), LONGEST));
    }
    try {
      String text = encoding(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException other) {
      throw new UnusableArtworkException(
          "%s is not valid UTF-8; save it as UTF-8".formatted(FileLabel.of(file).text()), other);
    }
  }

  private static Charset encoding(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return switch (mark) {
      case LITTLE_ENDIAN_MARK -> StandardCharsets.UTF_16LE;
      case BIG_ENDIAN_MARK -> StandardCharsets.UTF_16BE;
      default -> StandardCharsets.UTF_8;
    };
  }
}
