package io.songe.evaluate;

import io.songe.evaluate.judge.Features;
import java.util.List;

/**
 * How far two sets of features are from each other, each taken for normally distributed. Heusel et
 * al. 2017, equation 6:
 *
 * <pre>
 * d^2 = |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))
 * </pre>
 *
 * The trace of the root is that of {@code (A C2 A)^(1/2)} with {@code A = C1^(1/2)}, which is
 * symmetric. From few samples the distance comes out too large: only distances of equally many are
 * to be compared.
 */
public final class FrechetDistance {
  private FrechetDistance() {}

  /**
   * The distance.
   *
   * @param first at least two features of equal length
   * @param second at least two of the same length
   * @return {@code d^2}, 0 for equal sets
   */
  public static double of(List<Features> first, List<Features> second) {
    Gaussian one = Gaussian.of(first);
    Gaussian two = Gaussian.of(second);
    double[][] root = SymmetricMatrix.root(one.covariance);
    double[][] product =
        SymmetricMatrix.product(SymmetricMatrix.product(root, two.covariance), root);
    double rootTrace = 0;
    for (double eigenvalue : SymmetricMatrix.eigen(product).values) {
      rootTrace += Math.sqrt(Math.max(0, eigenvalue));
    }
    double distance = -2 * rootTrace;
    for (int i = 0; i < one.mean.length; i++) {
      double apart = one.mean[i] - two.mean[i];
      distance += apart * apart + one.covariance[i][i] + two.covariance[i][i];
    }
    return Math.max(0, distance);
  }

  private static final class Gaussian {
    private final double[] mean;
    private final double[][] covariance;

    private Gaussian(double[] mean, double[][] covariance) {
      this.mean = mean;
      this.covariance = covariance;
    }

    static Gaussian of(List<Features> samples) {
      int width = samples.getFirst().size();
      double[] mean = new double[width];
      for (Features sample : samples) {
        for (int i = 0; i < width; i++) {
          mean[i] += sample.at(i) / (double) samples.size();
        }
      }
      double[][] covariance = new double[width][width];
      for (Features sample : samples) {
        for (int i = 0; i < width; i++) {
          double apart = (sample.at(i) - mean[i]) / (samples.size() - 1);
          for (int j = 0; j < width; j++) {
            covariance[i][j] += apart * (sample.at(j) - mean[j]);
          }
        }
      }
      return new Gaussian(mean, covariance);
    }
  }
}
