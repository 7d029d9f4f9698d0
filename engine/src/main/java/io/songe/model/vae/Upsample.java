package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;

/** Doubles the sides by repeating pixels, then a convolution. */
final class Upsample {
  private final Conv2d conv;

  Upsample(int channels, Parameters p) {
    conv = new Conv2d(channels, channels, 3, p.in("conv"));
  }

  /** [batch, channels, height, width] -> [batch, channels, 2 height, 2 width]. */
  Tensor forward(Tensor x) {
    return conv.forward(Functional.upsampleNearest(x, 2 * x.dim(2), 2 * x.dim(3)));
  }
}
