package io.songe.model.vae;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Pictures to raw latents: levels of residual blocks, each but the first begun by a convolution of
 * stride 2.
 */
final class TinyEncoder {
  private final DType dtype;
  private final Conv2d convIn;
  private final List<UnaryOperator<Tensor>> layers = new ArrayList<>();
  private final Conv2d convOut;

  TinyEncoder(AutoencoderTinyConfig config, Parameters p) {
    int channels = config.encoderChannels();
    List<Integer> blocks = config.encoderBlocks();
    int number = 0;
    dtype = p.dtype();
    convIn = new Conv2d(config.imageChannels(), channels, 3, p.in("" + number++));
    for (int level = 0; level < blocks.size(); level++) {
      if (level > 0) {
        layers.add(Conv2d.withoutBias(channels, channels, 3, 2, 1, p.in("" + number++))::forward);
      }
      for (int i = 0; i < blocks.get(level); i++) {
        layers.add(new TinyBlock(channels, p.in("" + number++))::forward);
      }
    }
    convOut = new Conv2d(channels, config.latentChannels(), 3, p.in("" + number));
  }

  /**
   * The encoder's output.
   *
   * @param x pictures [batch, imageChannels, height, width], in [-1, 1], FLOAT32
   * @return raw latents [batch, latentChannels, height / factor, width / factor], FLOAT32
   */
  Tensor forward(Tensor x) {
    // the network itself was trained on pictures in [0, 1]
    Tensor h = convIn.forward(x.plus(1).dividedBy(2).channelsLast()).to(dtype);
    for (UnaryOperator<Tensor> layer : layers) {
      h = layer.apply(h);
    }
    return convOut.forward(h.to(DType.FLOAT32));
  }
}
