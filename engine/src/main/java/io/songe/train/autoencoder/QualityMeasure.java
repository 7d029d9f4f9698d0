package io.songe.train.autoencoder;

import static io.songe.train.autoencoder.ReconstructionLoss.differences;

import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/** Adds up how near copies are to their pictures, one pair after the other. */
final class QualityMeasure {
  private long pairs;
  private double squares;
  private double similarity;
  private double edges;

  /**
   * Looks at one pair.
   *
   * @param x a picture {@code [1, channels, height, width]}, in [-1, 1]; all of one size
   * @param y its copy; what is outside [-1, 1] is cut off
   */
  void add(Tensor x, Tensor y) {
    try (Scope _ = Scope.open()) {
      Tensor shown = y.clamp(-1, 1);
      Tensor error = shown.minus(x).times(.5);
      pairs++;
      squares += error.square().mean().item();
      similarity += StructuralSimilarity.of(x, shown);
      edges +=
          (differences(error, 2).abs().mean().item() + differences(error, 3).abs().mean().item())
              / 2;
    }
  }

  /** {@return the figures of all pairs; at least one was looked at} */
  ImageQuality result() {
    return new ImageQuality(-10 * Math.log10(squares / pairs), similarity / pairs, edges / pairs);
  }
}
