package io.songe.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts texts into a JPEG file: Exif and XMP are application segments before the picture. */
final class JpegSegments {
  private static final int JFIF = 0xffe0;
  private static final int APPLICATION_1 = 0xffe1;
  private static final int START = 2;
  private static final String EXIF_NAME = "Exif\0\0";
  private static final String XMP_NAME = "http://ns.adobe.com/xap/1.0/\0";

  /** A segment's length has 16 bits and counts itself. */
  private static final int MOST = 0xffff - 2;

  private JpegSegments() {}

  /** {@return the file with those texts for which a segment is long enough} */
  static byte[] with(byte[] jpeg, Optional<byte[]> exif, Optional<String> xmp) {
    int head = START;
    if (marker(jpeg, START) == JFIF) {
      head += 2 + ByteBuffer.wrap(jpeg).getShort(START + 2);
    }
    var file = new ByteArrayOutputStream();
    file.write(jpeg, 0, head);
    exif.ifPresent(block -> segment(file, EXIF_NAME, block));
    xmp.ifPresent(packet -> segment(file, XMP_NAME, packet.getBytes(StandardCharsets.UTF_8)));
    file.write(jpeg, head, jpeg.length - head);
    return file.toByteArray();
  }

  private static int marker(byte[] jpeg, int at) {
    return Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(at));
  }

  private static void segment(ByteArrayOutputStream file, String name, byte[] data) {
    int length = name.length() + data.length;
    if (length <= MOST) {
      file.writeBytes(
          ByteBuffer.allocate(4)
              .putShort((short) APPLICATION_1)
              .putShort((short) (length + 2))
              .array());
      file.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
      file.writeBytes(data);
    }
  }
}
