package io.songe.diffusion;

import io.songe.error.InvalidRequestException;

/**
 * The beta distribution. Its cumulative probability is the regularised incomplete beta function,
 * computed by the continued fraction of DLMF 8.17.22 with Lentz' method; the quantile by bisection.
 *
 * @param alpha first parameter, above 0
 * @param beta second parameter, above 0
 */
record BetaDistribution(double alpha, double beta) {
  private static final double ACCURACY = 1e-15;
  private static final double ALMOST_ZERO = 1e-300;
  private static final int MOST_TERMS = 300;

  /** Enough for every bit of a number in [0, 1] that is not very near to 0. */
  private static final int HALVINGS = 100;

  /** Checks the ranges. */
  BetaDistribution {
    if (!(alpha > 0 && beta > 0)) {
      throw new InvalidRequestException(
          "the parameters of a beta distribution must be above 0, got " + alpha + " and " + beta);
    }
  }

  /**
   * Below which value a share of the probability lies.
   *
   * @param share in [0, 1]
   * @return in [0, 1]
   */
  double quantile(double share) {
    if (share <= 0 || share >= 1) {
      return share <= 0 ? 0 : 1;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double below = cumulative(middle);
      if (below == share) {
        // So that a symmetrical distribution's median is exact: it may be rounded to a timestep.
        return middle;
      }
      low = below < share ? middle : low;
      high = below < share ? high : middle;
    }
    return (low + high) / 2;
  }

  /**
   * How much of the probability lies below a value in [0, 1]. The fraction converges fast on one
   * side of the middle for each tail; the complete beta function is the sum of both tails.
   */
  double cumulative(double x) {
    double middle = (alpha + 1) / (alpha + beta + 2);
    double complete = tail(middle, 1 - middle, alpha, beta) + tail(1 - middle, middle, beta, alpha);
    return x < middle
        ? tail(x, 1 - x, alpha, beta) / complete
        : 1 - tail(1 - x, x, beta, alpha) / complete;
  }

  /** The incomplete beta function. */
  private static double tail(double x, double rest, double a, double b) {
    return Math.pow(x, a) * Math.pow(rest, b) / (a * fraction(x, a, b));
  }

  private static double fraction(double x, double a, double b) {
    double value = 1;
    double upper = 1;
    double lower = 0;
    for (int term = 1; term <= MOST_TERMS; term++) {
      double d = coefficient(term, x, a, b);
      lower = 1 / away(1 + d * lower);
      upper = away(1 + d / upper);
      double change = upper * lower;
      value *= change;
      if (Math.abs(change - 1) < ACCURACY) {
        break;
      }
    }
    return value;
  }

  private static double coefficient(int term, double x, double a, double b) {
    int m = term / 2;
    return term % 2 == 0
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
  }

  private static double away(double number) {
    return Math.abs(number) < ALMOST_ZERO ? ALMOST_ZERO : number;
  }
}
