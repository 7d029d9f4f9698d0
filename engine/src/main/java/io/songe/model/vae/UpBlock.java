package io.songe.model.vae;

import io.songe.nn.Parameters;
import io.songe.tensor.Relay;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A level of the decoder: residual blocks, then twice the sides unless it is the outermost. */
final class UpBlock {
  private final List<ResnetBlock> resnets = new ArrayList<>();
  private final Optional<Upsample> upsample;

  UpBlock(AutoencoderKlConfig config, int level, Parameters p) {
    int in = config.channels(Math.min(level + 1, config.levels() - 1));
    int out = config.channels(level);
    for (int i = 0; i <= config.layersPerBlock(); i++) {
      resnets.add(
          new ResnetBlock(i == 0 ? in : out, out, config.normGroups(), p.in("resnets." + i)));
    }
    upsample = level > 0 ? Optional.of(new Upsample(out, p.in("upsamplers.0"))) : Optional.empty();
  }

  /** [batch, in, height, width] -> [batch, out, height', width']. */
  Tensor forward(Tensor x) {
    try (Relay relay = new Relay(x)) {
      for (ResnetBlock resnet : resnets) {
        relay.next(resnet::forward);
      }
      return relay.last(h -> upsample.isPresent() ? upsample.get().forward(h) : h);
    }
  }
}
