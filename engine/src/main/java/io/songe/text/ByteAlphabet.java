package io.songe.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The 256 characters that stand for the 256 bytes in vocabularies and merges, so that these files
 * are readable text. Printable Latin-1 characters stand for their own byte; the other bytes take
 * the characters from U+0100 on, in their order. Radford et al. 2019 (GPT-2).
 */
final class ByteAlphabet {
  private static final char[] CHARACTERS = new char[256];
  private static final int[] BYTES = new int[512];

  static {
    Arrays.fill(BYTES, -1);
    char spare = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      CHARACTERS[value] = printable ? (char) value : spare++;
      BYTES[CHARACTERS[value]] = value;
    }
  }

  private ByteAlphabet() {}

  /**
   * The character of a byte.
   *
   * @param value from 0 to 255
   * @return its character
   */
  static char character(int value) {
    return CHARACTERS[value];
  }

  /** {@return all characters in the order of CLIP's vocabulary: those of printable bytes first} */
  static List<String> printableFirst() {
    return IntStream.range(0, 256)
        .mapToObj(value -> CHARACTERS[value])
        .sorted()
        .map(String::valueOf)
        .toList();
  }

  /** Appends the bytes of a token; a token with a foreign character is plain text in UTF-8. */
  static void write(String token, ByteArrayOutputStream bytes) {
    if (token.chars().allMatch(c -> c < BYTES.length && BYTES[c] >= 0)) {
      token.chars().forEach(c -> bytes.write(BYTES[c]));
    } else {
      bytes.writeBytes(token.getBytes(StandardCharsets.UTF_8));
    }
  }
}
