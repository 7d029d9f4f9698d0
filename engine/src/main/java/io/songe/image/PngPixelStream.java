package io.songe.image;

import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The inflated rows of a PNG file's pixel chunks, which are one stream cut anywhere. Never holds
 * more than the row asked for. What follows the last row is not looked at.
 */
final class PngPixelStream implements AutoCloseable {
  private final PngSource source;
  private final List<PngChunk> chunks;
  private final Inflater inflater = new Inflater();
  private final byte[] filter = new byte[1];
  private int next;

  PngPixelStream(PngSource source, List<PngChunk> chunks) {
    this.source = source;
    this.chunks = chunks;
  }

  /**
   * The next row.
   *
   * @param row receives its filtered bytes
   * @return the number of its filter, 0..255
   * @throws io.songe.error.BrokenFileException if the stream ends too early or is malformed
   */
  int readRow(byte[] row) {
    readFully(filter);
    readFully(row);
    return filter[0] & 0xff;
  }

  private void readFully(byte[] target) {
    int position = 0;
    while (position < target.length) {
      try {
        position += inflater.inflate(target, position, target.length - position);
      } catch (DataFormatException malformed) {
        throw source.broken("the compressed pixels are damaged; get the file again");
      }
      if (position < target.length) {
        supply();
      }
    }
  }

  private void supply() {
    if (inflater.needsInput() && next < chunks.size()) {
      PngChunk chunk = chunks.get(next++);
      inflater.setInput(source.bytes(), chunk.offset(), chunk.length());
    } else if (inflater.finished() || inflater.needsDictionary() || inflater.needsInput()) {
      throw source.broken("the pixels end before the last row; the file is cut off or damaged");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
