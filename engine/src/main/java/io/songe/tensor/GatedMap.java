package io.songe.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two affine maps of one input, the first multiplied by the GELU of the second: {@code (x V^T + b)
 * GELU(x W^T + c)}. Shazeer 2020, equation 6. A {@linkplain #packed packed} one does both products
 * with what follows them in the same pass, and cannot be trained.
 */
public final class GatedMap {
  private final AffineMap values;
  private final AffineMap gates;

  private GatedMap(AffineMap values, AffineMap gates) {
    this.values = values;
    this.gates = gates;
  }

  /** How one of the two maps is made. */
  private interface Half {
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
    return of(weight, bias, (half, itsBias) -> AffineMap.packed(half, itsBias, owner));
  }

  private static GatedMap of(Tensor weight, Tensor bias, Half half) {
    List<Tensor> weights = weight.chunk(2, 0);
    List<Tensor> biases = bias.chunk(2, 0);
    return new GatedMap(
        half.of(weights.getFirst(), biases.getFirst()),
        half.of(weights.getLast(), biases.getLast()));
  }

  /**
   * The map of x.
   *
   * @param x {@code [..., in]}
   * @return {@code [..., out]}
   */
  public Tensor apply(Tensor x) {
    return values.applyTimes(x, gates.applyGelu(x));
  }
}
