package io.songe.image;

import io.songe.error.InvalidRequestException;

/**
 * Resampling in two passes, along the rows and then along the columns. When a direction shrinks,
 * the kernel is widened by the same factor, so that every old pixel counts. Colours are multiplied
 * by their coverage before and divided after, so that what lies under transparent pixels does not
 * bleed in. Pillow does the same in whole numbers.
 */
final class Resize {
  private Resize() {}

  /**
   * Resized pixels.
   *
   * @param rgba [height, width, 4], straight coverage; only read
   * @return [newHeight, newWidth, 4], straight coverage
   */
  static byte[] resize(
      byte[] rgba, int width, int height, int newWidth, int newHeight, Resampling resampling) {
    if (resampling == Resampling.NEAREST) {
      return nearest(rgba, width, height, newWidth, newHeight);
    }
    float[] narrowed =
        alongRows(rgba, width, height, newWidth, ResizeTaps.along(width, newWidth, resampling));
    return alongColumns(
        narrowed, newWidth, newHeight, ResizeTaps.along(height, newHeight, resampling));
  }

  private static byte[] nearest(byte[] rgba, int width, int height, int newWidth, int newHeight) {
    byte[] result = new byte[4 * newWidth * newHeight];
    for (int y = 0; y < newHeight; y++) {
      int row = centre(y, height, newHeight);
      for (int x = 0; x < newWidth; x++) {
        int from = 4 * (row * width + centre(x, width, newWidth));
        System.arraycopy(rgba, from, result, 4 * (y * newWidth + x), 4);
      }
    }
    return result;
  }

  private static int centre(int position, int size, int newSize) {
    return (int) ((2L * position + 1) * size / (2L * newSize));
  }

  /** Premultiplied floats of range [0, 255], [height, newWidth, 4]. */
  private static float[] alongRows(
      byte[] rgba, int width, int height, int newWidth, ResizeTaps[] taps) {
    if (4L * newWidth * height > Integer.MAX_VALUE - 8) {
      throw new InvalidRequestException(
          "resizing a height of %d to a width of %d needs too much memory; resize in two steps"
              .formatted(height, newWidth));
    }
    float[] result = new float[4 * newWidth * height];
    float[] row = new float[4 * width];
    for (int y = 0; y < height; y++) {
      premultiply(rgba, 4 * y * width, row);
      for (int x = 0; x < newWidth; x++) {
        accumulate(row, 0, 4, taps[x], result, 4 * (y * newWidth + x));
      }
    }
    return result;
  }

  private static void premultiply(byte[] rgba, int offset, float[] row) {
    for (int i = 0; i < row.length; i += 4) {
      float alpha = rgba[offset + i + 3] & 0xff;
      row[i] = (rgba[offset + i] & 0xff) * alpha / 255;
      row[i + 1] = (rgba[offset + i + 1] & 0xff) * alpha / 255;
      row[i + 2] = (rgba[offset + i + 2] & 0xff) * alpha / 255;
      row[i + 3] = alpha;
    }
  }

  private static byte[] alongColumns(float[] pixels, int width, int newHeight, ResizeTaps[] taps) {
    byte[] result = new byte[4 * width * newHeight];
    float[] pixel = new float[4];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < width; x++) {
        accumulate(pixels, 4 * x, 4 * width, taps[y], pixel, 0);
        int at = 4 * (y * width + x);
        int alpha = Math.round(pixel[3]);
        for (int channel = 0; channel < 3 && alpha > 0; channel++) {
          result[at + channel] = (byte) Math.round(Math.min(255, pixel[channel] * 255 / pixel[3]));
        }
        result[at + 3] = (byte) alpha;
      }
    }
    return result;
  }

  /** Adds up one new pixel, and keeps it a colour: a sharp kernel overshoots beside edges. */
  private static void accumulate(
      float[] pixels, int offset, int stride, ResizeTaps taps, float[] result, int at) {
    float red = 0;
    float green = 0;
    float blue = 0;
    float alpha = 0;
    int from = offset + taps.first() * stride;
    for (float weight : taps.weights()) {
      red += weight * pixels[from];
      green += weight * pixels[from + 1];
      blue += weight * pixels[from + 2];
      alpha += weight * pixels[from + 3];
      from += stride;
    }
    result[at] = Math.clamp(red, 0, 255);
    result[at + 1] = Math.clamp(green, 0, 255);
    result[at + 2] = Math.clamp(blue, 0, 255);
    result[at + 3] = Math.clamp(alpha, 0, 255);
  }
}
