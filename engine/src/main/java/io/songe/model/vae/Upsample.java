package io.songe.model.vae;

import io.songe.nn.Parameters;
import io.songe.tensor.DoublingConvolution;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/** Doubles the sides by repeating pixels, then a convolution. */
final class Upsample {
  private final DoublingConvolution conv;

  Upsample(int channels, Parameters p) {
    conv = p.in("conv").doublingConvolution(Shape.of(channels, channels, 3, 3));
  }

  /** [batch, channels, height, width] -> [batch, channels, 2 height, 2 width]. */
  Tensor forward(Tensor x) {
    return conv.apply(x);
  }
}
