package io.songe.evaluate;

import io.songe.evaluate.judge.Features;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.SymmetricEigen;
import io.songe.tensor.Tensor;
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
    try (Scope _ = Scope.open()) {
      Gaussian one = Gaussian.of(first);
      Gaussian two = Gaussian.of(second);
      Tensor root = SymmetricEigen.of(one.covariance).root();
      Tensor product = root.matmul(two.covariance).matmul(root);
      double rootTrace = SymmetricEigen.of(product).roots().sum().item();
      double apart = one.mean.minus(two.mean).square().sum().item();
      return Math.max(0, apart + one.variance + two.variance - 2 * rootTrace);
    }
  }

  /**
   * A normal distribution.
   *
   * @param mean FLOAT64 [1, width]
   * @param covariance FLOAT64 [width, width]
   * @param variance its trace
   */
  private record Gaussian(Tensor mean, Tensor covariance, double variance) {
    static Gaussian of(List<Features> samples) {
      Tensor values = matrix(samples);
      Tensor mean = values.mean(0);
      Tensor apart = values.minus(mean);
      double degrees = samples.size() - 1.0;
      return new Gaussian(
          mean,
          apart.transpose(0, 1).matmul(apart).dividedBy(degrees),
          apart.square().sum().item() / degrees);
    }

    private static Tensor matrix(List<Features> samples) {
      int width = samples.getFirst().size();
      float[] values = new float[samples.size() * width];
      for (int i = 0; i < values.length; i++) {
        values[i] = samples.get(i / width).at(i % width);
      }
      return Tensor.of(values, samples.size(), width).to(DType.FLOAT64);
    }
  }
}
