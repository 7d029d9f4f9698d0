package io.songe.data.source;

import java.nio.file.Path;

/** Where a drawing's pixels come from. */
public sealed interface Artwork {
  /**
   * A vector drawing.
   *
   * @param svg the text of an SVG file
   */
  record Vector(String svg) implements Artwork {}

  /** A picture that was packed. */
  final class Raster implements Artwork {
    private final byte[] bytes;

    /**
     * A picture.
     *
     * @param bytes of its file; kept, and only read
     */
    public Raster(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /**
   * A picture of somebody's own.
   *
   * @param file where it lies
   */
  record File(Path file) implements Artwork {}
}
