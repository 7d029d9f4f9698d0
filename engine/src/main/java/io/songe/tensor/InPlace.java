package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/**
 * The few operations that overwrite an operand, which must be a tensor that nobody else looks at.
 * Everything else in this package is immutable; these are here for the largest tensors of a
 * network, where fresh memory costs as much as the arithmetic.
 */
public final class InPlace {
  private InPlace() {}

  /**
   * A picture to add to.
   *
   * @param like gives the batch, height and width
   * @param channels of the result
   * @param dtype of the result
   * @return zeros {@code [batch, channels, height, width]} with channels innermost
   */
  public static Tensor zeros(Tensor like, long channels, DType dtype) {
    return run(
        "zeros",
        () ->
            torch
                .zeros(
                    new long[] {like.dim(0), like.dim(2), like.dim(3), channels},
                    new TensorOptions(Types.toTorch(dtype)))
                .permute(0, 3, 1, 2),
        like);
  }

  /**
   * Adds to a tensor.
   *
   * @param sum holds the result afterwards
   * @param x of the same shape, or one that is broadcast to it
   * @return {@code sum}
   */
  public static Tensor add(Tensor sum, Tensor x) {
    run("add in place", () -> sum.torch.add_(x.torch), sum, x);
    return sum;
  }

  /**
   * {@code x sigmoid(x)}; Hendrycks and Gimpel 2016. Where gradients are recorded, x is left as it
   * is: its old value is needed for them, and to copy it would take longer than a new tensor.
   *
   * @param x may hold the result afterwards, and is not to be used any more
   * @return the result
   */
  public static Tensor silu(Tensor x) {
    if (GradMode.is_enabled()) {
      return Functional.silu(x);
    }
    run("silu in place", () -> torch.silu_(x.torch), x);
    return x;
  }
}
