package io.songe.image;

import io.songe.error.InvalidRequestException;

/**
 * How much of a PNG file is read at most, and of other pictures' files for their texts. All are
 * checked before memory is taken, so that a small hostile file cannot ask for a large picture.
 *
 * @param bytes of the file
 * @param pixels of the picture, at most {@link Image#MAX_PIXELS}
 * @param textBytes of all its texts together, once inflated
 */
public record PngLimits(long bytes, long pixels, int textBytes) {
  /** 128 MiB of file, 64 million pixels (8000 x 8000), 16 MiB of text. */
  public static final PngLimits DEFAULT = new PngLimits(128L << 20, 64_000_000, 16 << 20);

  /** Checks the ranges. */
  public PngLimits {
    if (bytes < 1 || pixels < 1 || pixels > Image.MAX_PIXELS || textBytes < 0) {
      throw new InvalidRequestException(
          ("the limits of PNG files must be positive, with at most %d pixels; got %d bytes, %d"
                  + " pixels, %d bytes of text")
              .formatted(Image.MAX_PIXELS, bytes, pixels, textBytes));
    }
  }
}
