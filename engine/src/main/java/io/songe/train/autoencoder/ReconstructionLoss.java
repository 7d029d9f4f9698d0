package io.songe.train.autoencoder;

import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;
import io.songe.train.Loss;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How far copies y are from pictures x, with latents z between them:
 *
 * <pre>
 * mean |y - x|  +  mean |Dy - Dx|  +  1/2 mean |A y - A x|  +  1/10 max(0, mean z^2 - 1)
 * </pre>
 *
 * where D are the differences of neighbours across and down, each with a mean of its own, and A
 * averages squares of 4 by 4 pixels. The differences keep outlines sharp, the averages keep
 * surfaces from drifting, and the last term keeps latents from growing where noise is added to
 * them.
 */
final class ReconstructionLoss {
  static final double COARSE_WEIGHT = .5;
  static final double EXCESS_WEIGHT = .1;
  private static final long COARSE_SIDE = 4;

  private ReconstructionLoss() {}

  /**
   * The loss and its terms.
   *
   * @param x pictures {@code [batch, channels, height, width]}
   * @param y their copies, of the same shape
   * @param z their latents, of any shape
   */
  static Loss of(Tensor x, Tensor y, Tensor z) {
    SequencedMap<String, Tensor> terms = new LinkedHashMap<>();
    terms.put("pixels", pixels(x, y));
    terms.put("edges", edges(x, y));
    terms.put("coarse", coarse(x, y));
    terms.put("latent", z.square().mean());
    Tensor total =
        terms
            .get("pixels")
            .plus(terms.get("edges"))
            .plus(terms.get("coarse").times(COARSE_WEIGHT))
            .plus(excess(z).times(EXCESS_WEIGHT));
    return new Loss(total, terms);
  }

  /** {@return mean |y - x|} */
  static Tensor pixels(Tensor x, Tensor y) {
    return y.minus(x).abs().mean();
  }

  /** {@return mean |Dy - Dx| of neighbours across, plus that of neighbours down} */
  static Tensor edges(Tensor x, Tensor y) {
    Tensor error = y.minus(x);
    return differences(error, 3).abs().mean().plus(differences(error, 2).abs().mean());
  }

  /** {@return each element's difference to the one before it along a dimension} */
  static Tensor differences(Tensor x, int dimension) {
    long extent = x.dim(dimension);
    return x.slice(dimension, 1, extent).minus(x.slice(dimension, 0, extent - 1));
  }

  /** {@return mean |A y - A x|} */
  static Tensor coarse(Tensor x, Tensor y) {
    return Functional.averagePool(y.minus(x), COARSE_SIDE).abs().mean();
  }

  /** {@return max(0, mean z^2 - 1)} */
  static Tensor excess(Tensor z) {
    return Functional.relu(z.square().mean().minus(1));
  }
}
