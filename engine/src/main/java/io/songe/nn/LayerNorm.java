package io.songe.nn;

import io.songe.tensor.Functional;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/** Layer normalization. Ba, Kiros and Hinton 2016, equation 4, over the innermost dimension. */
public final class LayerNorm {
  private final double epsilon;
  private final Tensor weight;
  private final Tensor bias;

  /**
   * A normalization with an affine map.
   *
   * @param width of the innermost dimension
   * @param epsilon added to the variance
   * @param p at the layer: weight and bias {@code [width]}
   */
  public LayerNorm(long width, double epsilon, Parameters p) {
    this.epsilon = epsilon;
    this.weight = p.get("weight", Shape.of(width));
    this.bias = p.get("bias", Shape.of(width));
  }

  /**
   * The normalized x.
   *
   * @param x {@code [..., width]}
   * @return as x
   */
  public Tensor forward(Tensor x) {
    return Functional.layerNorm(x, weight, bias, epsilon);
  }
}
