package io.songe.model.vae;

import io.songe.tensor.Tensor;

/** How much of a signal is left beside its errors. */
final class SignalToNoise {
  private SignalToNoise() {}

  /** The peak signal-to-noise ratio, where the peak is the range of what was expected. */
  static double decibels(Tensor actual, Tensor expected) {
    double range = expected.max(0, 1, 2, 3).plus(expected.negate().max(0, 1, 2, 3)).item();
    double meanSquare = actual.minus(expected).square().mean().item();
    return 10 * Math.log10(range * range / meanSquare);
  }
}
