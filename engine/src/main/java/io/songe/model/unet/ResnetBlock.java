package io.songe.model.unet;

import io.songe.model.unet.UNetConfig.TimeInjection;
import io.songe.nn.Conv2d;
import io.songe.nn.GroupNorm;
import io.songe.nn.Linear;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.InPlace;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A residual block that knows the time. Ho et al. 2020, appendix B; with scale and shift Dhariwal
 * and Nichol 2021 section 3.1.
 */
final class ResnetBlock {
  private final TimeInjection timeInjection;
  private final GroupNorm norm1;
  private final Conv2d conv1;
  private final Linear timeProjection;
  private final GroupNorm norm2;
  private final Conv2d conv2;
  private final @Nullable Conv2d shortcut;

  ResnetBlock(UNetConfig config, int in, int out, Parameters p) {
    timeInjection = config.timeInjection();
    int timeOut =
        switch (timeInjection) {
          case ADDITION -> out;
          case SCALE_AND_SHIFT -> 2 * out;
        };
    norm1 = new GroupNorm(config.groups(), in, config.epsilon(), p.in("norm1"));
    conv1 = new Conv2d(in, out, 3, p.in("conv1"));
    timeProjection = new Linear(config.timeWidth(), timeOut, p.in("time_emb_proj"));
    norm2 = new GroupNorm(config.groups(), out, config.epsilon(), p.in("norm2"));
    conv2 = new Conv2d(out, out, 3, p.in("conv2"));
    shortcut = in == out ? null : new Conv2d(in, out, 1, p.in("conv_shortcut"));
  }

  /**
   * The picture, changed by what the block sees.
   *
   * @param x [batch, in, height, width]
   * @param time [batch, time width], activated
   * @return [batch, out, height, width]
   */
  Tensor forward(Tensor x, Tensor time) {
    try (Scope scope = Scope.inner()) {
      Tensor h = timed(conv1.forward(InPlace.silu(norm1.forward(x))), time);
      return scope.keep(added(x, InPlace.silu(h)));
    }
  }

  /** The second convolution beside the connection around both. */
  private Tensor added(Tensor x, Tensor h) {
    if (shortcut == null) {
      return x.plus(conv2.forward(h));
    }
    Tensor around = shortcut.forward(x);
    return exact(h) ? around.plus(conv2.forward(h)) : conv2.addInto(around, h);
  }

  /** In FLOAT32 sums are made as the reference makes them, so that roundings agree with its own. */
  private static boolean exact(Tensor h) {
    return h.dtype() == DType.FLOAT32;
  }

  /** The second normalization, with the time before or behind it. */
  private Tensor timed(Tensor h, Tensor time) {
    Tensor t = timeProjection.forward(time);
    Tensor picture = t.reshape(t.dim(0), t.dim(1), 1, 1);
    return switch (timeInjection) {
      case ADDITION -> norm2.forward(exact(h) ? h.plus(picture) : InPlace.add(h, picture));
      case SCALE_AND_SHIFT -> {
        List<Tensor> scaleAndShift = picture.chunk(2, 1);
        yield norm2
            .forward(h)
            .times(scaleAndShift.getFirst().plus(1))
            .plus(scaleAndShift.getLast());
      }
    };
  }
}
