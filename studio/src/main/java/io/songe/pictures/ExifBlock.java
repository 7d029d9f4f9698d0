package io.songe.pictures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The Exif data of a picture that say how it was made, as A1111 writes them: a user comment in
 * UTF-16 and nothing else. Exif 3.0, sections 4.6.2, 4.6.3 and 4.6.6.
 */
final class ExifBlock {
  private static final int ENTRY = 12;
  private static final int DIRECTORY = 2 + ENTRY + 4;
  private static final int HEADER = 8;
  private static final short EXIF_DIRECTORY = (short) 0x8769;
  private static final short USER_COMMENT = (short) 0x9286;
  private static final short LONG = 4;
  private static final short UNDEFINED = 7;
  private static final byte[] CODE = {'U', 'N', 'I', 'C', 'O', 'D', 'E', 0};

  private ExifBlock() {}

  /** {@return a TIFF header with two directories of one entry each, and the text} */
  static byte[] of(String comment) {
    byte[] text = comment.getBytes(StandardCharsets.UTF_16BE);
    ByteBuffer block = ByteBuffer.allocate(HEADER + 2 * DIRECTORY + CODE.length + text.length);
    block.put(new byte[] {'M', 'M', 0, 42}).putInt(HEADER);
    directory(block, EXIF_DIRECTORY, LONG, 1, HEADER + DIRECTORY);
    directory(block, USER_COMMENT, UNDEFINED, CODE.length + text.length, HEADER + 2 * DIRECTORY);
    return block.put(CODE).put(text).array();
  }

  private static void directory(ByteBuffer block, short tag, short type, int count, int value) {
    block.putShort((short) 1).putShort(tag).putShort(type).putInt(count).putInt(value).putInt(0);
  }
}
