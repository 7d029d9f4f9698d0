package io.songe.model.unet;

import io.songe.model.unet.UNetConfig.Level;
import io.songe.nn.Parameters;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One level of the way down: layers, then half the size. Every result is remembered. */
final class DownLevel {
  private final List<Layer> layers;
  private final @Nullable Downsample downsample;

  /**
   * Builds the level.
   *
   * @param skips channels of what is remembered so far, the last on top; this level's are added
   */
  DownLevel(UNetConfig config, Level level, boolean halves, Deque<Integer> skips, Parameters p) {
    int channels = level.channels();
    layers = new ArrayList<>();
    for (int i = 0; i < level.layers(); i++) {
      layers.add(new Layer(config, skips.element(), channels, level.attention(), i, p));
      skips.push(channels);
    }
    if (halves) {
      downsample = new Downsample(channels, p.in("downsamplers.0"));
      skips.push(channels);
    } else {
      downsample = null;
    }
  }

  /**
   * One level down.
   *
   * @param x [batch, channels of the level before, height, width]
   * @param skips what is remembered so far; this level's results are added
   * @return [batch, channels, height / 2, width / 2] where it halves
   */
  Tensor forward(Tensor x, Tensor time, Tensor context, Deque<Tensor> skips) {
    Tensor h = x;
    for (Layer layer : layers) {
      h = layer.forward(h, time, context);
      skips.push(h);
    }
    if (downsample != null) {
      h = downsample.forward(h);
      skips.push(h);
    }
    return h;
  }
}
