package io.songe.data.source;

import java.util.Optional;

/**
 * What the header of a JPEG file's frame says. ITU-T T.81, B.2.2.
 *
 * @param components how many colours each pixel has
 */
record JpegFrame(int components) {
  private static final int MARKER = 0xff;
  private static final int FIRST_FRAME = 0xc0;
  private static final int LAST_FRAME = 0xcf;
  private static final int HUFFMAN_TABLES = 0xc4;
  private static final int RESERVED = 0xc8;
  private static final int ARITHMETIC = 0xcc;
  private static final int SCAN = 0xda;
  private static final int COMPONENTS_AT = 9;
  private static final int PRINT = 4;

  /** {@return what the file says; empty if it is no JPEG file or has no frame} */
  static Optional<JpegFrame> of(byte[] bytes) {
    if (bytes.length < 2 || at(bytes, 0) != MARKER || at(bytes, 1) != 0xd8) {
      return Optional.empty();
    }
    int place = 2;
    while (place + COMPONENTS_AT < bytes.length && at(bytes, place) == MARKER) {
      int kind = at(bytes, place + 1);
      if (kind == SCAN) {
        return Optional.empty();
      }
      if (isFrame(kind)) {
        return Optional.of(new JpegFrame(at(bytes, place + COMPONENTS_AT)));
      }
      place += kind == MARKER ? 1 : 2 + ((at(bytes, place + 2) << 8) | at(bytes, place + 3));
    }
    return Optional.empty();
  }

  private static boolean isFrame(int kind) {
    return kind >= FIRST_FRAME
        && kind <= LAST_FRAME
        && kind != HUFFMAN_TABLES
        && kind != RESERVED
        && kind != ARITHMETIC;
  }

  private static int at(byte[] bytes, int place) {
    return bytes[place] & 0xff;
  }

  boolean isForPrint() {
    return components == PRINT;
  }
}
