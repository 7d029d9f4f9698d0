package io.songe.model.vae;

import static io.songe.tensor.Functional.relu;
import static io.songe.tensor.Functional.tanh;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Raw latents to pictures: levels of residual blocks, each but the last ended by twice the sides
 * and a convolution.
 */
final class TinyDecoder {
  private static final double REACH = 3;

  private final DType dtype;
  private final Conv2d convIn;
  private final List<UnaryOperator<Tensor>> layers = new ArrayList<>();
  private final Conv2d convOut;

  TinyDecoder(AutoencoderTinyConfig config, Parameters p) {
    int channels = config.decoderChannels();
    List<Integer> blocks = config.decoderBlocks();
    // numbers are also given to layers without tensors: the activation after convIn, doubling
    int number = 2;
    dtype = p.dtype();
    convIn = new Conv2d(config.latentChannels(), channels, 3, p.in("0"));
    for (int level = 0; level < blocks.size(); level++) {
      if (level > 0) {
        layers.add(TinyDecoder::doubled);
        number++;
        layers.add(Conv2d.withoutBias(channels, channels, 3, 1, 1, p.in("" + number++))::forward);
      }
      for (int i = 0; i < blocks.get(level); i++) {
        layers.add(new TinyBlock(channels, p.in("" + number++))::forward);
      }
    }
    convOut = new Conv2d(channels, config.imageChannels(), 3, p.in("" + number));
  }

  /**
   * The decoder's output.
   *
   * @param z raw latents [batch, latentChannels, height, width], FLOAT32
   * @return pictures [batch, imageChannels, height * factor, width * factor], FLOAT32
   */
  Tensor forward(Tensor z) {
    Tensor h = relu(convIn.forward(squeezed(z).channelsLast())).to(dtype);
    for (UnaryOperator<Tensor> layer : layers) {
      h = layer.apply(h);
    }
    // the network itself was trained on pictures in [0, 1]
    return convOut.forward(h.to(DType.FLOAT32)).times(2).minus(1);
  }

  /** Latents bent into (-3, 3), so that an outlier does not burn a hole. */
  private static Tensor squeezed(Tensor z) {
    return tanh(z.dividedBy(REACH)).times(REACH);
  }

  private static Tensor doubled(Tensor x) {
    return Functional.upsampleNearest(x, 2 * x.dim(2), 2 * x.dim(3));
  }
}
