package io.songe.diffusion.sampler;

import java.util.Arrays;

/**
 * With what weights the values of a function at some points make its mean over an interval. Adams'
 * methods put a polynomial through the values and take the polynomial's mean: exact for polynomials
 * of a degree below the number of points. Hairer, Norsett and Wanner, "Solving Ordinary
 * Differential Equations I", section III.1.
 */
final class AdamsWeights {
  private AdamsWeights() {}

  /**
   * For points at equal distances that end where the interval begins, which is one distance long.
   * Adams and Bashforth 1883.
   *
   * @param count number of points, from 1 to 4
   * @return the weights, newest point first
   */
  static double[] equallySpaced(int count) {
    double[] points = new double[count];
    Arrays.setAll(points, k -> -k);
    return over(0, 0, 1, points);
  }

  /**
   * For any points. The mean itself may be weighed, by {@code e^(rate u)}.
   *
   * @param rate of the weight; 0 for the plain mean
   * @param from where the interval begins
   * @param to where it ends; if infinite, there may be one point only
   * @param points different ones
   * @return the weight of each point's value; their sum is 1
   */
  static double[] over(double rate, double from, double to, double... points) {
    double[] weights = new double[points.length];
    if (points.length == 1) {
      weights[0] = 1;
      return weights;
    }
    // Counted from the interval's end, so that the exponential does not overflow.
    double[] moments = moments(rate, from - to, points.length);
    for (int i = 0; i < points.length; i++) {
      double[] polynomial = lagrange(i, to, points);
      for (int m = 0; m < points.length; m++) {
        weights[i] += polynomial[m] * moments[m] / moments[0];
      }
    }
    return weights;
  }

  /** The integrals of {@code e^(rate v) v^m} from a start to 0, for m from 0 on. */
  private static double[] moments(double rate, double start, int count) {
    double[] moments = new double[count];
    for (int m = 0; m < count; m++) {
      if (rate == 0) {
        moments[m] = -Math.pow(start, m + 1) / (m + 1);
      } else if (m == 0) {
        moments[m] = -Math.expm1(rate * start) / rate;
      } else {
        double atStart = Math.pow(start, m) * Math.exp(rate * start);
        moments[m] = -(atStart + m * moments[m - 1]) / rate;
      }
    }
    return moments;
  }

  /** Coefficients of the polynomial in {@code v = u - origin} that is 1 at one point, else 0. */
  private static double[] lagrange(int one, double origin, double... points) {
    double[] polynomial = new double[points.length];
    polynomial[0] = 1;
    for (int k = 0; k < points.length; k++) {
      if (k == one) {
        continue;
      }
      double distance = points[one] - points[k];
      double root = points[k] - origin;
      for (int m = points.length - 1; m >= 0; m--) {
        double lower = m == 0 ? 0 : polynomial[m - 1];
        polynomial[m] = (lower - root * polynomial[m]) / distance;
      }
    }
    return polynomial;
  }
}
