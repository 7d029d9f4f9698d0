package io.songe.film;

import io.songe.image.Image;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.List;

/**
 * The colours of a film with few colours, and how its frames are drawn with them: the error of a
 * pixel is spread over its neighbours. Floyd and Steinberg 1976. Pixels of less than half coverage
 * are wholly transparent.
 */
final class GifPalette {
  private static final int MOST = 256;
  private static final int HALF = 128;

  /** Colours are counted, and looked up, by so many of the highest bits of each channel. */
  private static final int BITS = 5;

  private static final int CELLS = 1 << (3 * BITS);

  private final int[] colours;
  private final boolean covered;
  private final short[] nearest = new short[CELLS];

  private GifPalette(int[] colours, boolean covered) {
    this.colours = colours;
    this.covered = covered;
    Arrays.fill(nearest, (short) -1);
  }

  /** {@return the palette that suits all frames together} */
  static GifPalette of(List<Image> frames) {
    var counts = new ColourCounts(BITS);
    boolean covered = false;
    for (Image frame : frames) {
      covered |= frame.hasTransparency();
      counts.add(frame.rgba(), HALF);
    }
    return new GifPalette(counts.cut(covered ? MOST - 1 : MOST), covered);
  }

  /** {@return the colours; where there is transparency, it is the last} */
  IndexColorModel colours() {
    int size = colours.length + (covered ? 1 : 0);
    int[] argb = new int[size];
    for (int i = 0; i < colours.length; i++) {
      argb[i] = 0xff << 24 | colours[i];
    }
    return new IndexColorModel(
        8, size, argb, 0, covered, covered ? size - 1 : -1, DataBuffer.TYPE_BYTE);
  }

  /** {@return a frame drawn with these colours} */
  BufferedImage pixels(Image frame) {
    int width = frame.width();
    byte[] rgba = frame.rgba();
    BufferedImage drawn =
        new BufferedImage(width, frame.height(), BufferedImage.TYPE_BYTE_INDEXED, colours());
    WritableRaster raster = drawn.getRaster();
    int[] row = new int[width];
    // In sixteenths; three channels of each pixel, and one pixel beyond each end of a row.
    int[] errors = new int[3 * (width + 2)];
    int[] below = new int[errors.length];
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < width; x++) {
        int at = 4 * (y * width + x);
        row[x] =
            (rgba[at + 3] & 0xff) < HALF && covered
                ? colours.length
                : drawn(rgba, at, errors, below, 3 * (x + 1));
      }
      raster.setPixels(0, y, width, 1, row);
      int[] swap = errors;
      errors = below;
      below = swap;
      Arrays.fill(below, 0);
    }
    return drawn;
  }

  private int drawn(byte[] rgba, int at, int[] errors, int[] below, int place) {
    int red = wanted(rgba[at], errors[place]);
    int green = wanted(rgba[at + 1], errors[place + 1]);
    int blue = wanted(rgba[at + 2], errors[place + 2]);
    int index = nearest(red, green, blue);
    spread(red - (colours[index] >> 16 & 0xff), errors, below, place);
    spread(green - (colours[index] >> 8 & 0xff), errors, below, place + 1);
    spread(blue - (colours[index] & 0xff), errors, below, place + 2);
    return index;
  }

  private static int wanted(byte channel, int error) {
    return Math.clamp((channel & 0xff) + Math.round(error / 16f), 0, 255);
  }

  private static void spread(int error, int[] errors, int[] below, int place) {
    errors[place + 3] += 7 * error;
    below[place - 3] += 3 * error;
    below[place] += 5 * error;
    below[place + 3] += error;
  }

  private int nearest(int red, int green, int blue) {
    int cell = ColourCounts.cell(red, green, blue, BITS);
    if (nearest[cell] < 0) {
      nearest[cell] = (short) search(red, green, blue);
    }
    return nearest[cell];
  }

  private int search(int red, int green, int blue) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < colours.length; i++) {
      int r = red - (colours[i] >> 16 & 0xff);
      int g = green - (colours[i] >> 8 & 0xff);
      int b = blue - (colours[i] & 0xff);
      int distance = 3 * r * r + 6 * g * g + b * b;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
