package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Relay;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Pictures to the moments of their latents: levels that halve the sides, then a middle block. */
final class Encoder {
  private final DType dtype;
  private final Conv2d convIn;
  private final List<DownBlock> downBlocks = new ArrayList<>();
  private final MiddleBlock middleBlock;
  private final NormedConvolution out;

  Encoder(AutoencoderKlConfig config, Parameters p) {
    int innermost = config.innermostChannels();
    dtype = p.dtype();
    convIn = new Conv2d(config.imageChannels(), config.channels(0), 3, p.in("conv_in"));
    for (int level = 0; level < config.levels(); level++) {
      downBlocks.add(new DownBlock(config, level, p.in("down_blocks." + level)));
    }
    middleBlock = new MiddleBlock(config, p.in("mid_block"));
    int moments = 2 * config.latentChannels();
    out =
        new NormedConvolution(
            innermost, moments, config.normGroups(), "conv_norm_out", "conv_out", p);
  }

  /**
   * The encoder's output.
   *
   * @param x pictures [batch, imageChannels, height, width], FLOAT32
   * @return mean and log-variance, [batch, 2 latentChannels, height / factor, width / factor]
   */
  Tensor forward(Tensor x) {
    try (Relay relay = new Relay(x)) {
      relay.next(h -> convIn.forward(h.channelsLast()).to(dtype));
      for (DownBlock block : downBlocks) {
        relay.next(block::forward);
      }
      relay.next(middleBlock::forward);
      return relay.last(out::forward);
    }
  }
}
