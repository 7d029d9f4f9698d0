package io.songe.image;

import java.util.List;

/**
 * What the samples of a PNG file mean: grey levels, colours, or places in a palette (PLTE), and
 * which of them are transparent (tRNS).
 */
final class PngColours {
  private static final long NO_KEY = -1;

  private final PngSource source;
  private final PngHeader header;

  /** Red, green, blue, coverage of each palette entry; empty without a palette. */
  private final byte[] palette;

  /** The samples of the one transparent colour, 16 bits each; {@link #NO_KEY} if there is none. */
  private final long key;

  private final int mostSample;

  private PngColours(PngSource source, PngHeader header, byte[] palette, long key) {
    this.source = source;
    this.header = header;
    this.palette = palette;
    this.key = key;
    this.mostSample = (1 << header.bitDepth()) - 1;
  }

  /**
   * Reads palette and transparency, where the header's colour type has them.
   *
   * @throws io.songe.error.BrokenFileException if the palette is missing or one of them malformed
   */
  static PngColours read(PngSource source, PngHeader header, List<PngChunk> chunks) {
    byte[] palette = new byte[0];
    long key = NO_KEY;
    for (PngChunk chunk : chunks.subList(0, firstPixels(chunks))) {
      boolean transparency = chunk.type().equals("tRNS");
      if (chunk.type().equals("PLTE") && header.colourType() == PngHeader.PALETTE) {
        palette = readPalette(source, chunk);
      } else if (transparency && header.colourType() == PngHeader.PALETTE) {
        readCoverage(source, chunk, palette);
      } else if (transparency && header.colourType() == PngHeader.GREY) {
        key = readKey(source, chunk, 1);
      } else if (transparency && header.colourType() == PngHeader.RGB) {
        key = readKey(source, chunk, 3);
      }
    }
    if (header.colourType() == PngHeader.PALETTE && palette.length == 0) {
      throw source.broken("the palette (PLTE) is missing before the pixels; the file is damaged");
    }
    return new PngColours(source, header, palette, key);
  }

  private static int firstPixels(List<PngChunk> chunks) {
    int position = 0;
    while (position < chunks.size() && !chunks.get(position).type().equals("IDAT")) {
      position++;
    }
    return position;
  }

  private static byte[] readPalette(PngSource source, PngChunk chunk) {
    int entries = chunk.length() / 3;
    if (chunk.length() % 3 != 0 || entries == 0 || entries > 256) {
      throw source.broken("the palette has %d bytes, not 3 to 768".formatted(chunk.length()));
    }
    byte[] palette = new byte[4 * entries];
    for (int i = 0; i < entries; i++) {
      System.arraycopy(source.bytes(), chunk.offset() + 3 * i, palette, 4 * i, 3);
      palette[4 * i + 3] = -1;
    }
    return palette;
  }

  private static void readCoverage(PngSource source, PngChunk chunk, byte[] palette) {
    if (chunk.length() > palette.length / 4) {
      throw source.broken(
          "the transparency (tRNS) has %d entries for a palette of %d"
              .formatted(chunk.length(), palette.length / 4));
    }
    for (int i = 0; i < chunk.length(); i++) {
      palette[4 * i + 3] = source.bytes()[chunk.offset() + i];
    }
  }

  private static long readKey(PngSource source, PngChunk chunk, int samples) {
    if (chunk.length() != 2 * samples) {
      throw source.broken(
          "the transparency (tRNS) has %d bytes, not %d".formatted(chunk.length(), 2 * samples));
    }
    long key = 0;
    for (int i = 0; i < samples; i++) {
      key = key << 16 | source.bigEndian16(chunk.offset() + 2 * i);
    }
    return key;
  }

  /**
   * Turns one row of samples into pixels.
   *
   * @param row the samples, packed as the header says
   * @param pixels how many there are
   * @param rgba receives them
   * @param to place of the first
   * @param stride from one to the next
   */
  void expand(byte[] row, int pixels, byte[] rgba, int to, int stride) {
    for (int i = 0; i < pixels; i++, to += stride) {
      switch (header.colourType()) {
        case PngHeader.PALETTE -> look(sample(row, i), rgba, to);
        case PngHeader.GREY -> {
          int grey = sample(row, i);
          put(rgba, to, grey, grey, grey, grey == key ? 0 : mostSample);
        }
        case PngHeader.GREY_ALPHA -> {
          int grey = sample(row, 2 * i);
          put(rgba, to, grey, grey, grey, sample(row, 2 * i + 1));
        }
        case PngHeader.RGB -> {
          int red = sample(row, 3 * i);
          int green = sample(row, 3 * i + 1);
          int blue = sample(row, 3 * i + 2);
          boolean transparent = ((long) red << 32 | (long) green << 16 | blue) == key;
          put(rgba, to, red, green, blue, transparent ? 0 : mostSample);
        }
        default -> {
          int first = 4 * i;
          put(
              rgba,
              to,
              sample(row, first),
              sample(row, first + 1),
              sample(row, first + 2),
              sample(row, first + 3));
        }
      }
    }
  }

  private void look(int entry, byte[] rgba, int to) {
    if (entry >= palette.length / 4) {
      throw source.broken(
          "a pixel has colour %d of a palette of %d; the file is damaged"
              .formatted(entry, palette.length / 4));
    }
    System.arraycopy(palette, 4 * entry, rgba, to, 4);
  }

  private void put(byte[] rgba, int to, int red, int green, int blue, int alpha) {
    rgba[to] = level(red);
    rgba[to + 1] = level(green);
    rgba[to + 2] = level(blue);
    rgba[to + 3] = level(alpha);
  }

  private byte level(int sample) {
    return (byte) ((sample * 255 + mostSample / 2) / mostSample);
  }

  private int sample(byte[] row, int index) {
    int depth = header.bitDepth();
    if (depth == 8) {
      return row[index] & 0xff;
    }
    if (depth == 16) {
      return (row[2 * index] & 0xff) << 8 | (row[2 * index + 1] & 0xff);
    }
    int bit = index * depth;
    return row[bit >> 3] >> (8 - depth - (bit & 7)) & mostSample;
  }
}
