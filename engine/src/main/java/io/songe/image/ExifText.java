package io.songe.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the bytes of an EXIF text mean. A user comment begins with eight bytes that name its code;
 * programs forget them, put UTF-8 behind any of them, and write UTF-16 in an order of their own.
 */
final class ExifText {
  private static final int CODE = 8;
  private static final byte[] ASCII = {'A', 'S', 'C', 'I', 'I', 0, 0, 0};
  private static final byte[] UNICODE = {'U', 'N', 'I', 'C', 'O', 'D', 'E', 0};
  private static final byte[] JIS = {'J', 'I', 'S', 0, 0, 0, 0, 0};
  private static final byte[] UNDEFINED = new byte[CODE];

  /** Fewer bytes of UTF-16 may be UTF-8 by chance. */
  private static final int SURELY_NO_CHANCE = 16;

  private ExifText() {}

  /**
   * {@return a user comment; empty if it is in the code JIS, which no program that draws writes}
   *
   * @param bytes with the name of its code, if it has one
   * @param order of the numbers in the file
   */
  static String userComment(byte[] bytes, ByteOrder order) {
    byte[] code = Arrays.copyOf(bytes, CODE);
    if (bytes.length < CODE) {
      return stripZeros(plain(bytes, StandardCharsets.ISO_8859_1));
    }
    byte[] text = Arrays.copyOfRange(bytes, CODE, bytes.length);
    if (Arrays.equals(code, JIS)) {
      return "";
    }
    if (Arrays.equals(code, UNICODE)) {
      return stripZeros(unicode(text, order));
    }
    boolean named = Arrays.equals(code, ASCII) || Arrays.equals(code, UNDEFINED);
    return stripZeros(plain(named ? text : bytes, StandardCharsets.ISO_8859_1));
  }

  /** {@return UTF-8 if it is that, else what the bytes mean in another code} */
  static String plain(byte[] bytes, Charset otherwise) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, otherwise);
    }
  }

  /** {@return the text without the zeros that end it} */
  static String stripZeros(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String unicode(byte[] bytes, ByteOrder order) {
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    if (bytes.length >= SURELY_NO_CHANCE && zeros(bytes, 0) + zeros(bytes, 1) == 0) {
      return plain(bytes, charset(order));
    }
    // The high bytes of Latin letters, digits and spaces are 0, and every text has some of those.
    int high = zeros(bytes, 0);
    int low = zeros(bytes, 1);
    if (high == low) {
      return new String(bytes, charset(order));
    }
    return new String(bytes, high > low ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
  }

  private static Charset charset(ByteOrder order) {
    return order == ByteOrder.BIG_ENDIAN ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
  }

  /** How many of every second byte are 0, where the byte beside is not. */
  private static int zeros(byte[] bytes, int first) {
    int count = 0;
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      if (bytes[i + first] == 0 && bytes[i + 1 - first] != 0) {
        count++;
      }
    }
    return count;
  }
}
