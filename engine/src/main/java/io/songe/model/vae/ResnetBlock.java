package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * Two convolutions beside a skip connection, each after normalization and activation. He et al.
 * 2016 (b), figure 4 (e); Ho et al. 2020, appendix B, without the time.
 */
final class ResnetBlock {
  // the released weights were trained so; the U-Net's norms have 1e-5
  static final double EPSILON = 1e-6;

  private final NormedConvolution first;
  private final NormedConvolution second;
  private final UnaryOperator<Tensor> shortcut;

  ResnetBlock(int in, int out, int groups, Parameters p) {
    first = new NormedConvolution(in, out, groups, "norm1", "conv1", p);
    second = new NormedConvolution(out, out, groups, "norm2", "conv2", p);
    shortcut =
        in == out
            ? UnaryOperator.identity()
            : new Conv2d(in, out, 1, p.in("conv_shortcut"))::forward;
  }

  /**
   * The block, in place where it can be: the largest tensors of the network are sums such as this.
   *
   * @param x [batch, in, height, width], with channels innermost; overwritten
   * @return [batch, out, height, width]
   */
  Tensor forward(Tensor x) {
    try (Scope scope = Scope.inner()) {
      Tensor h = first.forward(x);
      return scope.keep(second.addInto(shortcut.apply(x), h));
    }
  }
}
