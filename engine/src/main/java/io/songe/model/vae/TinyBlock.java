package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/** Three convolutions beside a skip connection, the activation after their sum. */
final class TinyBlock {
  private final Conv2d first;
  private final Conv2d second;
  private final Conv2d third;

  TinyBlock(int channels, Parameters p) {
    first = new Conv2d(channels, channels, 3, p.in("conv.0"));
    second = new Conv2d(channels, channels, 3, p.in("conv.2"));
    third = new Conv2d(channels, channels, 3, p.in("conv.4"));
  }

  /** [batch, channels, height, width] -> the same shape. */
  Tensor forward(Tensor x) {
    try (Scope scope = Scope.inner()) {
      Tensor h = second.forwardRelu(first.forwardRelu(x));
      return scope.keep(Functional.relu(third.forward(h).plus(x)));
    }
  }
}
