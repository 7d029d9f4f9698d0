package io.songe.image;

/**
 * The header of a PNG file (IHDR; PNG specification, third edition, section 11.2.1).
 *
 * @param width in pixels
 * @param height in pixels
 * @param bitDepth bits of one sample: 1, 2, 4, 8 or 16
 * @param colourType one of the five constants
 * @param interlaced whether the pixels come in Adam7's seven passes
 */
record PngHeader(int width, int height, int bitDepth, int colourType, boolean interlaced) {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGBA = 6;

  /** What deflate can make of one byte at most. */
  private static final long LARGEST_RATIO = 1032;

  /**
   * Reads and checks the header, before anything else is believed.
   *
   * @param chunk of type IHDR
   * @param compressedBytes of all pixel data in the file
   * @throws io.songe.error.BrokenFileException if it is not a PNG header, if the picture exceeds
   *     the limits, or if the file is too short to hold it
   */
  static PngHeader read(PngSource source, PngChunk chunk, long compressedBytes) {
    if (chunk.length() != 13) {
      throw source.broken("the header has %d bytes, not 13".formatted(chunk.length()));
    }
    int at = chunk.offset();
    int bitDepth = source.unsignedByte(at + 8);
    int colourType = source.unsignedByte(at + 9);
    int interlace = source.unsignedByte(at + 12);
    if (!isAllowed(colourType, bitDepth)) {
      throw source.broken(
          "no PNG file has colour type %d with %d bits".formatted(colourType, bitDepth));
    }
    if (source.unsignedByte(at + 10) != 0 || source.unsignedByte(at + 11) != 0 || interlace > 1) {
      throw source.broken("the compression, filter or interlace method is unknown");
    }
    var header =
        new PngHeader(
            source.bigEndian32(at),
            source.bigEndian32(at + 4),
            bitDepth,
            colourType,
            interlace == 1);
    header.checkSize(source, compressedBytes);
    return header;
  }

  private void checkSize(PngSource source, long compressedBytes) {
    if (width < 1 || height < 1) {
      throw source.broken(
          "the picture's size is %dx%d"
              .formatted(Integer.toUnsignedLong(width), Integer.toUnsignedLong(height)));
    }
    if ((long) width * height > source.limits().pixels()) {
      throw source.broken(
          "the picture is %dx%d, more than the limit of %d pixels; make it smaller first"
              .formatted(width, height, source.limits().pixels()));
    }
    if ((long) height * rowBytes(width) > LARGEST_RATIO * compressedBytes) {
      throw source.broken(
          "the picture is %dx%d, which cannot be in the %d bytes of pixel data; it is cut off"
              .formatted(width, height, compressedBytes));
    }
  }

  private static boolean isAllowed(int colourType, int bitDepth) {
    return switch (bitDepth) {
      case 1, 2, 4 -> colourType == GREY || colourType == PALETTE;
      case 8 -> colourType == PALETTE || isAllowed(colourType, 16);
      case 16 ->
          colourType == GREY || colourType == RGB || colourType == GREY_ALPHA || colourType == RGBA;
      default -> false;
    };
  }

  /** {@return the samples that make a pixel} */
  int samples() {
    return switch (colourType) {
      case GREY, PALETTE -> 1;
      case GREY_ALPHA -> 2;
      case RGB -> 3;
      default -> 4;
    };
  }

  /** {@return the bytes of a row of so many pixels, without the byte that names its filter} */
  long rowBytes(int pixels) {
    return ((long) pixels * samples() * bitDepth + 7) / 8;
  }
}
