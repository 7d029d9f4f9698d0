package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.GroupNorm;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Pictures to the moments of their latents: levels that halve the sides, then a middle block. */
final class Encoder {
  private final DType dtype;
  private final Conv2d convIn;
  private final List<DownBlock> downBlocks = new ArrayList<>();
  private final MiddleBlock middleBlock;
  private final GroupNorm normOut;
  private final Conv2d convOut;

  Encoder(AutoencoderKlConfig config, Parameters p) {
    int innermost = config.innermostChannels();
    dtype = p.dtype();
    convIn = new Conv2d(config.imageChannels(), config.channels(0), 3, p.in("conv_in"));
    for (int level = 0; level < config.levels(); level++) {
      downBlocks.add(new DownBlock(config, level, p.in("down_blocks." + level)));
    }
    middleBlock = new MiddleBlock(config, p.in("mid_block"));
    normOut =
        new GroupNorm(config.normGroups(), innermost, ResnetBlock.EPSILON, p.in("conv_norm_out"));
    convOut = new Conv2d(innermost, 2L * config.latentChannels(), 3, p.in("conv_out"));
  }

  /**
   * The encoder's output.
   *
   * @param x pictures [batch, imageChannels, height, width], FLOAT32
   * @return mean and log-variance, [batch, 2 latentChannels, height / factor, width / factor]
   */
  Tensor forward(Tensor x) {
    Tensor h = convIn.forward(x.channelsLast()).to(dtype);
    for (DownBlock block : downBlocks) {
      h = block.forward(h);
    }
    h = middleBlock.forward(h);
    return convOut.forward(Functional.silu(normOut.forward(h)));
  }
}
