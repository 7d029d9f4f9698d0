package io.songe.tensor;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Two affine maps of one input, the first multiplied by the GELU of the second: {@code (x V^T + b)
 * GELU(x W^T + c)}. Shazeer 2020, equation 6. A {@linkplain #packed packed} one does both products
 * with what follows them in the same pass, and cannot be trained. In FLOAT32 both products are one,
 * as in the reference, whose rounding is matched so.
 */
public final class GatedMap {
  private final UnaryOperator<Tensor> map;

  private GatedMap(UnaryOperator<Tensor> map) {
    this.map = map;
  }

  /** How an affine map is made. */
  private interface Making {
    AffineMap of(Tensor weight, @Nullable Tensor bias);
  }

  /**
   * A map on weights as they are.
   *
   * @param weight V above W, {@code [2 out, in]}
   * @param bias b before c, {@code [2 out]}
   * @return the map, alive as long as its weights
   */
  public static GatedMap plain(Tensor weight, Tensor bias) {
    return of(weight, bias, AffineMap::plain);
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
    return of(weight, bias, (each, itsBias) -> AffineMap.packed(each, itsBias, owner));
  }

  private static GatedMap of(Tensor weight, Tensor bias, Making making) {
    if (weight.dtype() == DType.FLOAT32) {
      AffineMap both = making.of(weight, bias);
      return new GatedMap(x -> {
        List<Tensor> valuesAndGates = both.apply(x).chunk(2, -1);
        return valuesAndGates.getFirst().times(Functional.gelu(valuesAndGates.getLast()));
      });
    }
    List<Tensor> weights = weight.chunk(2, 0);
    List<Tensor> biases = bias.chunk(2, 0);
    AffineMap values = making.of(weights.getFirst(), biases.getFirst());
    AffineMap gates = making.of(weights.getLast(), biases.getLast());
    return new GatedMap(x -> values.applyTimes(x, gates.applyGelu(x)));
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
