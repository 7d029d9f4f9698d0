package io.songe.model.vae;

import static io.songe.tensor.Functional.silu;

import io.songe.nn.Conv2d;
import io.songe.nn.GroupNorm;
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

  private final GroupNorm norm1;
  private final Conv2d conv1;
  private final GroupNorm norm2;
  private final Conv2d conv2;
  private final UnaryOperator<Tensor> shortcut;

  ResnetBlock(int in, int out, int groups, Parameters p) {
    norm1 = new GroupNorm(groups, in, EPSILON, p.in("norm1"));
    conv1 = new Conv2d(in, out, 3, p.in("conv1"));
    norm2 = new GroupNorm(groups, out, EPSILON, p.in("norm2"));
    conv2 = new Conv2d(out, out, 3, p.in("conv2"));
    shortcut =
        in == out
            ? UnaryOperator.identity()
            : new Conv2d(in, out, 1, p.in("conv_shortcut"))::forward;
  }

  /** [batch, in, height, width] -> [batch, out, height, width]. */
  Tensor forward(Tensor x) {
    try (Scope scope = Scope.inner()) {
      Tensor h = conv1.forward(silu(norm1.forward(x)));
      h = conv2.forward(silu(norm2.forward(h)));
      return scope.keep(shortcut.apply(x).plus(h));
    }
  }
}
