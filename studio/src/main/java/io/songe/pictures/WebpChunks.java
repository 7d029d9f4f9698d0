package io.songe.pictures;

import io.songe.error.EngineException;
import io.songe.image.Image;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Puts texts into a WebP file, in the extended form that can hold them. RFC 9649, section 2.7. */
final class WebpChunks {
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final String EXTENDED = "VP8X";
  private static final int EXIF_FLAG = 0x08;
  private static final int XMP_FLAG = 0x04;
  private static final int ALPHA_FLAG = 0x10;

  private WebpChunks() {}

  /** {@return the file with the texts behind the picture} */
  static byte[] with(byte[] webp, Image image, Optional<byte[]> exif, Optional<String> xmp) {
    if (exif.isEmpty() && xmp.isEmpty()) {
      return webp;
    }
    int flags =
        (image.hasTransparency() ? ALPHA_FLAG : 0)
            | (exif.isPresent() ? EXIF_FLAG : 0)
            | (xmp.isPresent() ? XMP_FLAG : 0);
    var chunks = new ByteArrayOutputStream();
    chunk(chunks, EXTENDED, header(flags, image));
    copyPicture(webp, chunks);
    exif.ifPresent(block -> chunk(chunks, "EXIF", block));
    xmp.ifPresent(packet -> chunk(chunks, "XMP ", packet.getBytes(StandardCharsets.UTF_8)));
    return ByteBuffer.allocate(RIFF_HEADER + chunks.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(ascii("RIFF"))
        .putInt(RIFF_HEADER - CHUNK_HEADER + chunks.size())
        .put(ascii("WEBP"))
        .put(chunks.toByteArray())
        .array();
  }

  private static byte[] header(int flags, Image image) {
    byte[] header = new byte[10];
    header[0] = (byte) flags;
    putSize(header, 4, image.width());
    putSize(header, 7, image.height());
    return header;
  }

  /** Of 24 bits, and less by one. */
  private static void putSize(byte[] header, int at, int side) {
    for (int i = 0; i < 3; i++) {
      header[at + i] = (byte) ((side - 1) >> (8 * i));
    }
  }

  private static void copyPicture(byte[] webp, ByteArrayOutputStream chunks) {
    ByteBuffer file = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    int at = RIFF_HEADER;
    while (at + CHUNK_HEADER <= webp.length) {
      String type = new String(webp, at, 4, StandardCharsets.ISO_8859_1);
      int length = file.getInt(at + 4);
      if (length < 0 || length > webp.length - at - CHUNK_HEADER) {
        throw new EngineException("the encoder of WebP gave a file that is cut off");
      }
      if (!type.equals(EXTENDED)) {
        chunk(
            chunks, type, Arrays.copyOfRange(webp, at + CHUNK_HEADER, at + CHUNK_HEADER + length));
      }
      at += CHUNK_HEADER + length + length % 2;
    }
  }

  private static void chunk(ByteArrayOutputStream chunks, String type, byte[] data) {
    chunks.writeBytes(ascii(type));
    chunks.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(data.length).array());
    chunks.writeBytes(data);
    if (data.length % 2 == 1) {
      chunks.write(0);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
