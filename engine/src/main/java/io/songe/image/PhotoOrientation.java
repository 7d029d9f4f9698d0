package io.songe.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How a camera was held, as a JPEG file says in its Exif data: the pictures of telephones are
 * stored lying and shown upright. Exif 3.0, section 4.6.5, tag 274. What is no JPEG, or garbled,
 * counts as upright: viewers take it so too.
 */
enum PhotoOrientation {
  UPRIGHT(1, false),
  MIRRORED(2, false),
  UPSIDE_DOWN(3, false),
  MIRRORED_UPSIDE_DOWN(4, false),
  MIRRORED_LYING_LEFT(5, true),
  LYING_LEFT(6, true),
  MIRRORED_LYING_RIGHT(7, true),
  LYING_RIGHT(8, true);

  private static final int START_OF_IMAGE = 0xffd8;
  private static final int EXIF = 0xffe1;
  private static final int START_OF_SCAN = 0xffda;
  private static final byte[] MARK = {'E', 'x', 'i', 'f', 0, 0};
  private static final int TAG = 274;
  private static final int ENTRY_BYTES = 12;

  private final int number;
  private final boolean lying;

  PhotoOrientation(int number, boolean lying) {
    this.number = number;
    this.lying = lying;
  }

  /** {@return the orientation in the first bytes of a file} */
  static PhotoOrientation of(byte[] head) {
    ByteBuffer file = ByteBuffer.wrap(head);
    if (file.remaining() < 2 || unsigned(file, 0) != START_OF_IMAGE) {
      return UPRIGHT;
    }
    int at = 2;
    while (at + 4 <= head.length) {
      int marker = unsigned(file, at);
      int length = unsigned(file, at + 2);
      if (marker <= 0xff00 || marker == START_OF_SCAN || length < 2) {
        return UPRIGHT;
      }
      int begin = at + 4;
      int end = at + 2 + length;
      if (marker == EXIF && end <= head.length && isExif(head, begin, end)) {
        return ofTiff(file.slice(begin + MARK.length, end - begin - MARK.length));
      }
      at = end;
    }
    return UPRIGHT;
  }

  private static boolean isExif(byte[] head, int begin, int end) {
    return end - begin >= MARK.length
        && Arrays.equals(head, begin, begin + MARK.length, MARK, 0, MARK.length);
  }

  private static PhotoOrientation ofTiff(ByteBuffer tiff) {
    if (tiff.remaining() < 8) {
      return UPRIGHT;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (directory + 2 > tiff.limit()) {
      return UPRIGHT;
    }
    int entries = unsigned(tiff, (int) directory);
    for (int i = 0; i < entries; i++) {
      long at = directory + 2 + (long) ENTRY_BYTES * i;
      if (at + ENTRY_BYTES > tiff.limit()) {
        return UPRIGHT;
      }
      if (unsigned(tiff, (int) at) == TAG) {
        return numbered(unsigned(tiff, (int) at + 8));
      }
    }
    return UPRIGHT;
  }

  private static PhotoOrientation numbered(int number) {
    return Arrays.stream(values())
        .filter(orientation -> orientation.number == number)
        .findFirst()
        .orElse(UPRIGHT);
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }

  /**
   * A stored picture as it is to be seen.
   *
   * @param stored as the file holds it
   * @return the picture, turned and mirrored
   */
  Image upright(Image stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = lying ? stored.height() : stored.width();
    int height = lying ? stored.width() : stored.height();
    byte[] from = stored.rgba();
    byte[] rgba = new byte[from.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int right = stored.width() - 1;
        int bottom = stored.height() - 1;
        int at =
            switch (this) {
              case UPRIGHT -> y * stored.width() + x;
              case MIRRORED -> y * stored.width() + right - x;
              case UPSIDE_DOWN -> (bottom - y) * stored.width() + right - x;
              case MIRRORED_UPSIDE_DOWN -> (bottom - y) * stored.width() + x;
              case MIRRORED_LYING_LEFT -> x * stored.width() + y;
              case LYING_LEFT -> (bottom - x) * stored.width() + y;
              case MIRRORED_LYING_RIGHT -> (bottom - x) * stored.width() + right - y;
              case LYING_RIGHT -> x * stored.width() + right - y;
            };
        System.arraycopy(from, 4 * at, rgba, 4 * (y * width + x), 4);
      }
    }
    return Image.of(width, height, rgba);
  }
}
