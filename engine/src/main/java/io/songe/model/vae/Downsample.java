package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.Tensor;
import io.songe.tensor.Wrapping;

/**
 * Halves the sides by a convolution of stride 2. Zeros are added on the right and at the bottom
 * alone, as the released weights were trained.
 */
final class Downsample {
  private final Conv2d conv;

  Downsample(int channels, Parameters p) {
    conv = new Conv2d(channels, channels, 3, 2, 0, p.in("conv"));
  }

  /** [batch, channels, height, width] -> [batch, channels, height / 2, width / 2]. */
  Tensor forward(Tensor x) {
    return conv.forward(Wrapping.pad(x, 0, 1, 0, 1));
  }
}
