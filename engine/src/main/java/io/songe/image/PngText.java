package io.songe.image;

import io.songe.error.InvalidRequestException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A text chunk as it is written: tEXt where Latin-1 is enough, else iTXt in UTF-8, uncompressed, as
 * Pillow does (PNG specification, third edition, section 11.3.3).
 */
final class PngText {
  private static final Pattern KEYWORD =
      Pattern.compile(
          "(?!.*  )[\\x21-\\x7e\\xa1-\\xff]([\\x20-\\x7e\\xa1-\\xff]*[\\x21-\\x7e\\xa1-\\xff])?");
  private static final int LONGEST_KEYWORD = 79;

  private final String type;
  private final byte[] data;

  private PngText(String type, byte[] data) {
    this.type = type;
    this.data = data;
  }

  /**
   * The chunk of one text.
   *
   * @throws InvalidRequestException if a PNG file cannot hold the keyword or the text
   */
  static PngText of(String keyword, String text) {
    if (keyword.length() > LONGEST_KEYWORD || !KEYWORD.matcher(keyword).matches()) {
      throw new InvalidRequestException(
          ("\"%s\" cannot be the keyword of a PNG text; it has 1 to %d printable Latin-1 characters"
                  + " and single spaces only between words")
              .formatted(keyword, LONGEST_KEYWORD));
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidRequestException(
          "the text \"%s\" holds a zero character, which no PNG text can; remove it"
              .formatted(keyword));
    }
    boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text);
    // Readers look for XMP in iTXt alone, so it goes there even where tEXt would do.
    return latin && !keyword.equals(SourceMark.KEYWORD)
        ? new PngText("tEXt", join(keyword, 1, text.getBytes(StandardCharsets.ISO_8859_1)))
        : new PngText("iTXt", join(keyword, 5, utf8(keyword, text)));
  }

  /** {@return tEXt or iTXt} */
  String type() {
    return type;
  }

  /** {@return the bytes of the chunk itself, only to be read} */
  byte[] data() {
    return data;
  }

  /** Keyword, zeros (its end; for iTXt also: not compressed, no language, no translation), text. */
  private static byte[] join(String keyword, int zeros, byte[] text) {
    var data = new ByteArrayOutputStream();
    data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
    data.writeBytes(new byte[zeros]);
    data.writeBytes(text);
    return data.toByteArray();
  }

  private static byte[] utf8(String keyword, String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException halfACharacter) {
      throw new InvalidRequestException(
          "the text \"%s\" holds half of a character (a lone surrogate); remove it"
              .formatted(keyword),
          halfACharacter);
    }
  }
}
