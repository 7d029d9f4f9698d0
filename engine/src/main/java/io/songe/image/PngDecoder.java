package io.songe.image;

import java.util.List;

/**
 * Reads the pixels of a PNG file of any colour type, depth and interlacing. Colour profiles and
 * gamma are ignored: levels are taken as sRGB. 16-bit samples are rounded to 8.
 */
final class PngDecoder {
  /** Adam7: first column, first row, column step, row step of each pass. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[] WHOLE = {0, 0, 1, 1};

  private final PngSource source;
  private final PngHeader header;
  private final PngColours colours;
  private final byte[] rgba;

  private PngDecoder(PngSource source, PngHeader header, PngColours colours) {
    this.source = source;
    this.header = header;
    this.colours = colours;
    this.rgba = new byte[Image.byteCount(header.width(), header.height())];
  }

  /**
   * The picture in a file.
   *
   * @throws io.songe.error.BrokenFileException if the pixels are missing, cut off or malformed, or
   *     more than the limit
   */
  static Image decode(PngSource source, List<PngChunk> chunks) {
    List<PngChunk> data = chunks.stream().filter(chunk -> chunk.type().equals("IDAT")).toList();
    long compressed = data.stream().mapToLong(PngChunk::length).sum();
    PngHeader header = PngHeader.read(source, chunks.getFirst(), compressed);
    var decoder = new PngDecoder(source, header, PngColours.read(source, header, chunks));
    try (var stream = new PngPixelStream(source, data)) {
      if (header.interlaced()) {
        for (int[] pass : PASSES) {
          decoder.readPass(stream, pass);
        }
      } else {
        decoder.readPass(stream, WHOLE);
      }
    }
    return Image.owning(header.width(), header.height(), decoder.rgba);
  }

  private void readPass(PngPixelStream stream, int[] pass) {
    int columns = (header.width() - pass[0] + pass[2] - 1) / pass[2];
    int rows = (header.height() - pass[1] + pass[3] - 1) / pass[3];
    if (columns == 0 || rows == 0) {
      return;
    }
    byte[] row = new byte[(int) header.rowBytes(columns)];
    byte[] above = new byte[row.length];
    int step = Math.max(1, header.samples() * header.bitDepth() / 8);
    for (int i = 0; i < rows; i++) {
      int filter = stream.readRow(row);
      if (filter >= PngFilter.COUNT) {
        throw source.broken("a row of pixels has the unknown filter %d".formatted(filter));
      }
      PngFilter.undo(filter, row, above, step);
      int to = 4 * ((pass[1] + i * pass[3]) * header.width() + pass[0]);
      colours.expand(row, columns, rgba, to, 4 * pass[2]);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }
}
