package io.songe.evaluate.judge;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;

/**
 * Two convolutions beside a way around them. He et al. 2016, figure 2, without normalization: the
 * second convolution begins as zeros instead (Zhang, Dauphin and Ma 2019, section 3), so that the
 * block begins as the identity.
 */
final class ResidualBlock {
  /** The convolution that begins as zeros. */
  static final String LAST = "conv2";

  private final Conv2d first;
  private final Conv2d second;

  ResidualBlock(int channels, Parameters p) {
    first = new Conv2d(channels, channels, 3, p.in("conv1"));
    second = new Conv2d(channels, channels, 3, p.in(LAST));
  }

  /** [batch, channels, height, width] to the same. */
  Tensor forward(Tensor x) {
    return Functional.relu(x.plus(second.forward(first.forwardRelu(x))));
  }
}
