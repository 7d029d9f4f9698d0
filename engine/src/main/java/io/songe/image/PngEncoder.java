package io.songe.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes pictures as PNG files with only what they need: header, texts, pixels, end. Opaque ones
 * have no coverage. Nothing depends on the clock or the machine, so the same picture and texts give
 * the same bytes wherever Java's deflate is zlib's own, as it is in the usual builds.
 */
final class PngEncoder {
  /** With the strategy for filtered rows, smaller and six times as fast as the usual level 6. */
  private static final int LEVEL = 4;

  private static final int BUFFER = 1 << 16;

  private PngEncoder() {}

  static byte[] encode(Image image, Map<String, String> texts) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(PngChunk.signature());
    boolean covered = image.hasTransparency();
    writeChunk(file, "IHDR", header(image, covered));
    writeTexts(file, texts);
    writeChunk(file, "IDAT", compress(image, covered));
    writeChunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  /** Writes a chunk for each text. */
  static void writeTexts(ByteArrayOutputStream file, Map<String, String> texts) {
    texts.forEach((keyword, text) -> {
      PngText chunk = PngText.of(keyword, text);
      writeChunk(file, chunk.type(), chunk.data());
    });
  }

  /** {@return the data of a header} */
  static byte[] header(Image image, boolean covered) {
    return ByteBuffer.allocate(13)
        .putInt(image.width())
        .putInt(image.height())
        .put((byte) 8)
        .put((byte) (covered ? PngHeader.RGBA : PngHeader.RGB))
        .array();
  }

  /** {@return the data of a picture's pixels} With their coverage, which has to be asked for. */
  static byte[] compress(Image image, boolean covered) {
    int step = covered ? 4 : 3;
    var compressed = new ByteArrayOutputStream();
    var deflater = new Deflater(LEVEL);
    deflater.setStrategy(Deflater.FILTERED);
    byte[] buffer = new byte[BUFFER];
    byte[] above = new byte[step * image.width()];
    byte[] row = new byte[above.length];
    var filtered = new FilteredRow(row.length);
    try {
      for (int y = 0; y < image.height(); y++) {
        copyRow(image, y, step, row);
        deflater.setInput(filtered.choose(row, above, step));
        while (!deflater.needsInput()) {
          compressed.write(buffer, 0, deflater.deflate(buffer));
        }
        byte[] swap = above;
        above = row;
        row = swap;
      }
      deflater.finish();
      while (!deflater.finished()) {
        compressed.write(buffer, 0, deflater.deflate(buffer));
      }
    } finally {
      deflater.end();
    }
    return compressed.toByteArray();
  }

  private static void copyRow(Image image, int y, int step, byte[] row) {
    byte[] rgba = image.pixels();
    int from = 4 * y * image.width();
    if (step == 4) {
      System.arraycopy(rgba, from, row, 0, row.length);
      return;
    }
    for (int to = 0; to < row.length; to += 3, from += 4) {
      row[to] = rgba[from];
      row[to + 1] = rgba[from + 1];
      row[to + 2] = rgba[from + 2];
    }
  }

  /** Writes one chunk: length, type, data, checksum. */
  static void writeChunk(ByteArrayOutputStream file, String type, byte[] data) {
    byte[] letters = type.getBytes(StandardCharsets.ISO_8859_1);
    var crc = new CRC32();
    crc.update(letters);
    crc.update(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    file.writeBytes(letters);
    file.writeBytes(data);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
