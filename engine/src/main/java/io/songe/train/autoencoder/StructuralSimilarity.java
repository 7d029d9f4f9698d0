package io.songe.train.autoencoder;

import io.songe.tensor.Functional;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/**
 * Whether pictures have the same structure, as eyes see it. Wang, Bovik, Sheikh and Simoncelli
 * 2004, equation 13 with alpha = beta = gamma = 1: means m, variances v and the covariance c of two
 * pictures under a Gaussian window of 11 by 11 pixels (deviation 1.5) give
 *
 * <pre>
 * (2 m1 m2 + C1) (2 c + C2) / ((m1^2 + m2^2 + C1) (v1 + v2 + C2))
 * </pre>
 *
 * for each place at which the window lies inside the picture.
 */
final class StructuralSimilarity {
  private static final int SIDE = 11;
  private static final double DEVIATION = 1.5;
  private static final double C1 = .01 * .01;
  private static final double C2 = .03 * .03;

  private StructuralSimilarity() {}

  /**
   * {@return the mean over all places, channels and pictures}
   *
   * @param x pictures {@code [batch, channels, height, width]}, in [-1, 1], at least 11 pixels wide
   *     and high
   * @param y others, of the same shape
   */
  static double of(Tensor x, Tensor y) {
    Tensor one = planes(x);
    Tensor other = planes(y);
    Tensor m1 = blurred(one);
    Tensor m2 = blurred(other);
    Tensor v1 = blurred(one.square()).minus(m1.square());
    Tensor v2 = blurred(other.square()).minus(m2.square());
    Tensor c = blurred(one.times(other)).minus(m1.times(m2));
    Tensor above = m1.times(m2).times(2).plus(C1).times(c.times(2).plus(C2));
    Tensor below = m1.square().plus(m2.square()).plus(C1).times(v1.plus(v2).plus(C2));
    return above.dividedBy(below).mean().item();
  }

  /** Each channel a picture of its own, [batch * channels, 1, height, width], in [0, 1]. */
  private static Tensor planes(Tensor x) {
    Shape shape = x.shape();
    return x.plus(1).times(.5).reshape(shape.dim(0) * shape.dim(1), 1, shape.dim(2), shape.dim(3));
  }

  /** The Gaussian is a product of one across and one down. */
  private static Tensor blurred(Tensor planes) {
    Tensor weights = Tensor.of(gaussian());
    Tensor across = weights.reshape(1, 1, 1, SIDE);
    Tensor down = weights.reshape(1, 1, SIDE, 1);
    return Functional.conv2d(Functional.conv2d(planes, across, null, 1, 0), down, null, 1, 0);
  }

  private static float[] gaussian() {
    double[] weights = new double[SIDE];
    double sum = 0;
    for (int i = 0; i < SIDE; i++) {
      double distance = (i - SIDE / 2) / DEVIATION;
      weights[i] = Math.exp(-distance * distance / 2);
      sum += weights[i];
    }
    float[] normed = new float[SIDE];
    for (int i = 0; i < SIDE; i++) {
      normed[i] = (float) (weights[i] / sum);
    }
    return normed;
  }
}
