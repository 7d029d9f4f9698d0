package io.songe.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files put together chunk by chunk, to be wrong in one place only. */
final class HandmadePng {
  private HandmadePng() {}

  static byte[] file(byte[]... chunks) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(PngChunk.signature());
    for (byte[] chunk : chunks) {
      file.writeBytes(chunk);
    }
    return file.toByteArray();
  }

  static byte[] chunk(String type, byte... data) {
    return chunk(type, data.length, data);
  }

  static byte[] chunk(String type, int declaredLength, byte[] data) {
    byte[] letters = type.getBytes(StandardCharsets.ISO_8859_1);
    var crc = new CRC32();
    crc.update(letters);
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(declaredLength)
        .put(letters)
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  static byte[] header(int width, int height, int bitDepth, int colourType) {
    return header(width, height, bitDepth, colourType, 0);
  }

  static byte[] header(int width, int height, int bitDepth, int colourType, int interlace) {
    return chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) bitDepth)
            .put((byte) colourType)
            .putShort((short) 0)
            .put((byte) interlace)
            .array());
  }

  /** A pixel chunk of these bytes, which begin each row with its filter. */
  static byte[] pixels(int... rows) {
    byte[] raw = new byte[rows.length];
    for (int i = 0; i < rows.length; i++) {
      raw[i] = (byte) rows[i];
    }
    return chunk("IDAT", deflate(raw));
  }

  static byte[] end() {
    return chunk("IEND");
  }

  /** A text chunk: the keyword, so many zeros, then the data. */
  static byte[] text(String type, String keyword, byte[] afterKeyword) {
    var data = new ByteArrayOutputStream();
    data.writeBytes(keyword.getBytes(StandardCharsets.ISO_8859_1));
    data.writeBytes(afterKeyword);
    return chunk(type, data.toByteArray());
  }

  static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  static byte[] deflate(byte[] raw) {
    var compressed = new ByteArrayOutputStream();
    var deflater = new Deflater();
    deflater.setInput(raw);
    deflater.finish();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      compressed.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return compressed.toByteArray();
  }
}
