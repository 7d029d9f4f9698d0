package io.songe.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Two affine maps of one input, the first multiplied by the GELU of the second: {@code (x V^T + b)
 * GELU(x W^T + c)}. Shazeer 2020, equation 6. A {@linkplain #packed packed} one does both products
 * with what follows them in the same pass, and cannot be trained. Otherwise, and in FLOAT32, both
 * products are one, as in the reference, whose rounding is matched so.
 */
public final class GatedMap {
  private final UnaryOperator<Tensor> map;

  private GatedMap(UnaryOperator<Tensor> map) {
    this.map = map;
  }

  /**
   * A map on weights as they are.
   *
   * @param weight V above W, {@code [2 out, in]}
   * @param bias b before c, {@code [2 out]}
   * @return the map, alive as long as its weights
   */
  public static GatedMap plain(Tensor weight, Tensor bias) {
    return joined(AffineMap.plain(weight, bias));
  }

  /**
   * A map on weights laid out for this processor, or a plain one where that cannot be.
   *
   * @param weight V above W, {@code [2 out, in]}; not needed afterwards
   * @param bias b before c, {@code [2 out]}
   * @param owner keeps what the map needs
   * @return the map, alive as long as its owner
   */
  public static GatedMap packed(Tensor weight, Tensor bias, TensorOwner owner) {
    if (weight.dtype() == DType.FLOAT32) {
      return joined(AffineMap.packed(weight, bias, owner));
    }
    List<Tensor> weights = weight.chunk(2, 0);
    List<Tensor> biases = bias.chunk(2, 0);
    AffineMap values = AffineMap.packed(weights.getFirst(), biases.getFirst(), owner);
    AffineMap gates = AffineMap.packed(weights.getLast(), biases.getLast(), owner);
    return new GatedMap(x -> values.applyTimes(x, gates.applyGelu(x)));
  }

  private static GatedMap joined(AffineMap both) {
    return new GatedMap(x -> {
      List<Tensor> valuesAndGates = both.apply(x).chunk(2, -1);
      return valuesAndGates.getFirst().times(Functional.gelu(valuesAndGates.getLast()));
    });
  }

  /**
   * The map of x.
   *
   * @param x {@code [..., in]}
   * @return {@code [..., out]}
   */
  public Tensor apply(Tensor x) {
    return map.apply(x);
  }
}
