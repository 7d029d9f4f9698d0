package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Relay;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Latents to pictures: a middle block, then levels that double the sides. */
final class Decoder {
  private final DType dtype;
  private final Conv2d convIn;
  private final MiddleBlock middleBlock;
  private final List<UpBlock> upBlocks = new ArrayList<>();
  private final NormedConvolution out;

  Decoder(AutoencoderKlConfig config, Parameters p) {
    int outermost = config.channels(0);
    dtype = p.dtype();
    convIn = new Conv2d(config.latentChannels(), config.innermostChannels(), 3, p.in("conv_in"));
    middleBlock = new MiddleBlock(config, p.in("mid_block"));
    for (int level = config.levels() - 1; level >= 0; level--) {
      upBlocks.add(new UpBlock(config, level, p.in("up_blocks." + upBlocks.size())));
    }
    out =
        new NormedConvolution(
            outermost, config.imageChannels(), config.normGroups(), "conv_norm_out", "conv_out", p);
  }

  /**
   * The decoder's output.
   *
   * @param z raw latents [batch, latentChannels, height, width], FLOAT32
   * @return pictures [batch, imageChannels, height * factor, width * factor], FLOAT32
   */
  Tensor forward(Tensor z) {
    try (Relay relay = new Relay(z)) {
      relay.next(h -> convIn.forward(h.channelsLast()).to(dtype));
      relay.next(middleBlock::forward);
      for (UpBlock block : upBlocks) {
        relay.next(block::forward);
      }
      return relay.last(h -> out.forward(h).to(DType.FLOAT32));
    }
  }
}
