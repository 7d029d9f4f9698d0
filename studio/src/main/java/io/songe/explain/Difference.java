package io.songe.explain;

import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;

/**
 * How far a picture is from another one of its size, both laid on white.
 *
 * @param picture white where they are the same, and the darker the more they differ
 * @param psnr peak signal-to-noise ratio of the colours in decibels; infinite for equal pictures
 */
public record Difference(Image picture, double psnr) {
  /** How many times stronger differences are shown than they are. */
  public static final int STRENGTH = 4;

  private static final int RGBA = 4;
  private static final int PEAK = 255;

  /**
   * Compares two pictures.
   *
   * @throws InvalidRequestException if they have not the same size
   */
  public static Difference between(Image one, Image other) {
    if (one.width() != other.width() || one.height() != other.height()) {
      throw new InvalidRequestException(
          "only pictures of one size can be compared, got " + one + " and " + other);
    }
    byte[] a = one.over(Colour.WHITE).rgba();
    byte[] b = other.over(Colour.WHITE).rgba();
    byte[] shown = new byte[a.length];
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = Math.abs((a[i] & 255) - (b[i] & 255));
      squares += (double) difference * difference;
      shown[i] = (byte) (PEAK - (i % RGBA == 3 ? 0 : Math.min(PEAK, STRENGTH * difference)));
    }
    double mean = squares / (a.length / RGBA * 3);
    return new Difference(
        Image.of(one.width(), one.height(), shown), 10 * Math.log10(PEAK * PEAK / mean));
  }
}
