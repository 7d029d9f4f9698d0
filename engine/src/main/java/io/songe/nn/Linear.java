package io.songe.nn;

import io.songe.tensor.AffineMap;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.List;

/** An affine map of the innermost dimension: {@code x W^T + b}. */
public final class Linear {
  private static final List<String> THIS_BLOCK = List.of("");

  private final AffineMap map;

  private Linear(AffineMap map) {
    this.map = map;
  }

  /**
   * A map with a bias.
   *
   * @param in width of the input
   * @param out width of the output
   * @param p at the layer: weight {@code [out, in]}, bias {@code [out]}
   */
  public Linear(long in, long out, Parameters p) {
    this(p.affineMap(THIS_BLOCK, Shape.of(out, in), true));
  }

  /**
   * A map without a bias.
   *
   * @param in width of the input
   * @param out width of the output
   * @param p at the layer: weight {@code [out, in]}
   * @return the layer
   */
  public static Linear withoutBias(long in, long out, Parameters p) {
    return new Linear(p.affineMap(THIS_BLOCK, Shape.of(out, in), false));
  }

  /**
   * A map with a bias whose weight is stored as a convolution's kernel of side 1: the same numbers,
   * applied to tokens instead of to a picture.
   *
   * @param in width of the input
   * @param out width of the output
   * @param p at the layer: weight {@code [out, in, 1, 1]}, bias {@code [out]}
   * @return the layer
   */
  public static Linear pointwise(long in, long out, Parameters p) {
    return new Linear(p.affineMap(THIS_BLOCK, Shape.of(out, in, 1, 1), true));
  }

  /**
   * Several maps of one input, computed as one product.
   *
   * @param in width of the input
   * @param out width of each output
   * @param layers the names of the maps, in order
   * @param bias whether they have biases
   * @param p at the block that holds the layers
   * @return a layer whose output is the maps' outputs one after the other
   */
  public static Linear joined(long in, long out, List<String> layers, boolean bias, Parameters p) {
    return new Linear(p.affineMap(layers, Shape.of(out, in), bias));
  }

  /**
   * The map of x.
   *
   * @param x {@code [..., in]}
   * @return {@code [..., out]}
   */
  public Tensor forward(Tensor x) {
    return map.apply(x);
  }

  /**
   * The map of x beside a residual connection, in one pass.
   *
   * @param x {@code [..., in]}
   * @param around what is added, {@code [..., out]}
   * @return {@code [..., out]}
   */
  public Tensor forwardPlus(Tensor x, Tensor around) {
    return map.applyPlus(x, around);
  }
}
