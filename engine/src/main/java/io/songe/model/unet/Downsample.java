package io.songe.model.unet;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.Tensor;

/** Halves height and width by a convolution of stride 2. */
final class Downsample {
  private final Conv2d conv;

  Downsample(int channels, Parameters p) {
    conv = new Conv2d(channels, channels, 3, 2, 1, p.in("conv"));
  }

  /** [batch, channels, height, width] -> [batch, channels, height / 2, width / 2], rounded up. */
  Tensor forward(Tensor x) {
    return conv.forward(x);
  }
}
