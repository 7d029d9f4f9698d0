package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The nearest matrix whose rows, or columns if there are fewer, are orthogonal to each other and
 * about equally long. With the singular value decomposition {@code U S V'}, it is {@code U S' V'}
 * where S' lies between about 0.7 and 1.2: a Newton-Schulz iteration by an odd polynomial of degree
 * five, whose coefficients were chosen so that small singular values grow fast (Jordan et al. 2024,
 * "Muon").
 */
public final class Orthogonalization {
  private static final int ITERATIONS = 5;
  private static final double FIRST = 3.4445;
  private static final double THIRD = -4.7750;
  private static final double FIFTH = 2.0315;
  private static final double LEAST_NORM = 1e-7;

  private Orthogonalization() {}

  /**
   * Orthogonalizes, in the type of the matrices.
   *
   * @param matrices [matrices, rows, columns]
   * @return [matrices, rows, columns]
   */
  public static Tensor of(Tensor matrices) {
    if (matrices.dim(1) > matrices.dim(2)) {
      return of(matrices.transpose(1, 2)).transpose(1, 2);
    }
    Tensor x = matrices.dividedBy(norms(matrices).plus(LEAST_NORM));
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor gram = x.matmul(x.transpose(1, 2));
      Tensor polynomial = sumAndProduct(THIRD, gram, FIFTH, gram, gram);
      x = sumAndProduct(FIRST, x, 1, polynomial, x);
    }
    return x;
  }

  /** [matrices, 1, 1] */
  private static Tensor norms(Tensor matrices) {
    return run(
        "norm",
        () -> matrices.torch.norm(new ScalarOptional(new Scalar(2)), new long[] {1, 2}, true),
        matrices);
  }

  /** {@code a A + b B C} */
  private static Tensor sumAndProduct(double a, Tensor first, double b, Tensor left, Tensor right) {
    return run(
        "baddbmm",
        () -> torch.baddbmm(first.torch, left.torch, right.torch, new Scalar(a), new Scalar(b)),
        first,
        left,
        right);
  }
}
