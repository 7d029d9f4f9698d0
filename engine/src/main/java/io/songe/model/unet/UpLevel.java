package io.songe.model.unet;

import io.songe.model.unet.UNetConfig.Level;
import io.songe.nn.Parameters;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One level of the way up: layers, each joined with what the way down remembered, then twice the
 * size.
 */
final class UpLevel {
  private final List<Layer> layers;
  private final @Nullable Upsample upsample;

  /**
   * Builds the level.
   *
   * @param before channels of the level before
   * @param skips channels of what is remembered, the last on top; this level takes its own away
   */
  UpLevel(
      UNetConfig config,
      Level level,
      int before,
      boolean doubles,
      Deque<Integer> skips,
      Parameters p) {
    int channels = level.channels();
    layers = new ArrayList<>();
    for (int i = 0; i <= level.layers(); i++) {
      int joined = (i == 0 ? before : channels) + skips.pop();
      layers.add(new Layer(config, joined, channels, level.attention(), i, p));
    }
    upsample = doubles ? new Upsample(channels, p.in("upsamplers.0")) : null;
  }

  /**
   * One level up.
   *
   * @param x [batch, channels of the level before, height, width]
   * @param skips what is remembered; this level takes its own away
   * @return [batch, channels, height', width'], the size of what is remembered next
   */
  Tensor forward(Tensor x, Tensor time, Tensor context, Deque<Tensor> skips) {
    Tensor h = x;
    for (Layer layer : layers) {
      h = join(layer, h, skips.pop(), time, context);
    }
    return upsample == null ? h : upsample.forward(h, skips.element());
  }

  private static Tensor join(Layer layer, Tensor x, Tensor skip, Tensor time, Tensor context) {
    try (Scope scope = Scope.inner()) {
      return scope.keep(layer.forward(Tensor.concat(List.of(x, skip), 1), time, context));
    }
  }
}
