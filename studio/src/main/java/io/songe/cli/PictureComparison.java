package io.songe.cli;

import io.songe.error.InvalidRequestException;
import io.songe.image.Image;

/**
 * How two pictures of one size differ, in their colours and their coverage.
 *
 * @param pixels how many each has
 * @param differing how many pixels are not the same
 * @param largest difference of two levels, 0 to 255
 * @param psnr peak signal-to-noise ratio in decibels, infinite for identical pictures
 */
record PictureComparison(int pixels, int differing, int largest, double psnr) {
  private static final int CHANNELS = 4;
  private static final int PEAK = 255;

  /** Compares two pictures of the same size. */
  static PictureComparison of(Image one, Image other) {
    if (one.width() != other.width() || one.height() != other.height()) {
      throw new InvalidRequestException(
          "only pictures of one size can be compared, got " + one + " and " + other);
    }
    byte[] a = one.rgba();
    byte[] b = other.rgba();
    int differing = 0;
    int largest = 0;
    long squares = 0;
    for (int pixel = 0; pixel < a.length; pixel += CHANNELS) {
      int most = 0;
      for (int i = pixel; i < pixel + CHANNELS; i++) {
        int difference = Math.abs((a[i] & 255) - (b[i] & 255));
        most = Math.max(most, difference);
        squares += (long) difference * difference;
      }
      differing += most > 0 ? 1 : 0;
      largest = Math.max(largest, most);
    }
    double mean = (double) squares / a.length;
    return new PictureComparison(
        a.length / CHANNELS, differing, largest, 10 * Math.log10(PEAK * PEAK / mean));
  }

  /** {@return whether all pixels are the same, those that do not show included} */
  boolean identical() {
    return differing == 0;
  }
}
