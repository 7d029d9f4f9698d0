package io.songe.random;

import io.songe.error.InvalidRequestException;
import io.songe.tensor.Tensor;

/**
 * The way from one noise to another along a circle, on which its length does not shrink as it would
 * on a straight line. Shoemake 1985, section 3.3.
 *
 * <p>As A1111 mixes the noise of a variation's seed: each column of each channel is a vector by
 * itself, and where these are almost parallel on the whole they are mixed along a line.
 */
public final class Slerp {
  private static final double PARALLEL = 0.9995;

  /** Below it a column is mixed along a line, as one of a single number must be. */
  private static final double SMALLEST_SINE = 1e-6;

  private Slerp() {}

  /**
   * A noise between two others.
   *
   * @param from {@code [batch, channels, height, width]}
   * @param to as {@code from}
   * @param share 0 for {@code from} to 1 for {@code to}
   * @return as {@code from}
   * @throws InvalidRequestException if the share is not in [0, 1]
   */
  public static Tensor between(Tensor from, Tensor to, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new InvalidRequestException(
          "the strength of a variation must be from 0 to 1, got " + share);
    }
    if (share == 0) {
      return from;
    }
    int height = Math.toIntExact(from.dim(2));
    int width = Math.toIntExact(from.dim(3));
    float[] a = from.toFloats();
    float[] b = to.toFloats();
    double[] cosines = new double[a.length / height];
    double mean = 0;
    for (int column = 0; column < cosines.length; column++) {
      int start = column / width * height * width + column % width;
      cosines[column] = cosine(a, b, start, height, width);
      mean += cosines[column] / cosines.length;
    }
    float[] mixed = new float[a.length];
    for (int column = 0; column < cosines.length; column++) {
      int start = column / width * height * width + column % width;
      double angle = Math.acos(Math.clamp(cosines[column], -1, 1));
      boolean straight = mean > PARALLEL || Math.sin(angle) < SMALLEST_SINE;
      double first = straight ? 1 - share : Math.sin((1 - share) * angle) / Math.sin(angle);
      double second = straight ? share : Math.sin(share * angle) / Math.sin(angle);
      for (int y = 0; y < height; y++) {
        int i = start + y * width;
        mixed[i] = (float) (first * a[i] + second * b[i]);
      }
    }
    return Tensor.of(mixed, from.shape().toArray());
  }

  private static double cosine(float[] a, float[] b, int start, int height, int width) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int y = 0; y < height; y++) {
      int i = start + y * width;
      product += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squareA * squareB);
  }
}
