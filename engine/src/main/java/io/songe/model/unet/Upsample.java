package io.songe.model.unet;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/** Enlarges a picture to the size of the one it will be joined with, then smooths it. */
final class Upsample {
  private final Conv2d conv;

  Upsample(int channels, Parameters p) {
    conv = new Conv2d(channels, channels, 3, p.in("conv"));
  }

  /**
   * The enlarged picture.
   *
   * @param x [batch, channels, height, width]
   * @param like [batch, any, height', width']
   * @return [batch, channels, height', width']
   */
  Tensor forward(Tensor x, Tensor like) {
    try (Scope scope = Scope.inner()) {
      return scope.keep(conv.forward(Functional.upsampleNearest(x, like.dim(2), like.dim(3))));
    }
  }
}
