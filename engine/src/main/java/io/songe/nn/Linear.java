package io.songe.nn;

import io.songe.tensor.Functional;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An affine map of the innermost dimension: {@code x W^T + b}. */
public final class Linear {
  private final Tensor weight;
  private final @Nullable Tensor bias;
  private final boolean kernel;

  private Linear(Tensor weight, @Nullable Tensor bias) {
    this.weight = weight;
    this.bias = bias;
    this.kernel = weight.shape().rank() == 4;
  }

  /**
   * A map with a bias.
   *
   * @param in width of the input
   * @param out width of the output
   * @param p at the layer: weight {@code [out, in]}, bias {@code [out]}
   */
  public Linear(long in, long out, Parameters p) {
    this(p.get("weight", Shape.of(out, in)), p.get("bias", Shape.of(out)));
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
    return new Linear(p.get("weight", Shape.of(out, in)), null);
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
    return new Linear(p.get("weight", Shape.of(out, in, 1, 1)), p.get("bias", Shape.of(out)));
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
    Tensor weights =
        p.joined(layers.stream().map(layer -> layer + ".weight").toList(), Shape.of(out, in));
    return new Linear(
        weights,
        bias
            ? p.joined(layers.stream().map(layer -> layer + ".bias").toList(), Shape.of(out))
            : null);
  }

  /**
   * The map of x.
   *
   * @param x {@code [..., in]}
   * @return {@code [..., out]}
   */
  public Tensor forward(Tensor x) {
    return Functional.linear(
        x, kernel ? weight.reshape(weight.dim(0), weight.dim(1)) : weight, bias);
  }
}
