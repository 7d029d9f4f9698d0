package io.songe.model.vae;

import io.songe.nn.Parameters;
import io.songe.tensor.Relay;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A level of the encoder: residual blocks, then half the sides unless it is the innermost. */
final class DownBlock {
  private final List<ResnetBlock> resnets = new ArrayList<>();
  private final Optional<Downsample> downsample;

  DownBlock(AutoencoderKlConfig config, int level, Parameters p) {
    int in = config.channels(Math.max(level - 1, 0));
    int out = config.channels(level);
    for (int i = 0; i < config.layersPerBlock(); i++) {
      resnets.add(
          new ResnetBlock(i == 0 ? in : out, out, config.normGroups(), p.in("resnets." + i)));
    }
    downsample =
        level < config.levels() - 1
            ? Optional.of(new Downsample(out, p.in("downsamplers.0")))
            : Optional.empty();
  }

  /** [batch, in, height, width] -> [batch, out, height', width']. */
  Tensor forward(Tensor x) {
    try (Relay relay = new Relay(x)) {
      for (ResnetBlock resnet : resnets) {
        relay.next(resnet::forward);
      }
      return relay.last(h -> downsample.isPresent() ? downsample.get().forward(h) : h);
    }
  }
}
