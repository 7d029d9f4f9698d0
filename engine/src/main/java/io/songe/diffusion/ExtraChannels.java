package io.songe.diffusion;

import io.songe.error.EngineException;
import io.songe.tensor.Tensor;
import java.util.List;

/**
 * A network that is shown further channels behind those of the noisy sample, the same at every
 * step. They are no samples, and no noise level scales them. Rombach et al. 2022, section 3.3: "by
 * concatenation"; {@link #inpainting} gives those of networks that paint inside a mask.
 *
 * @param network that takes {@code x}'s and the further channels together
 * @param channels {@code [1, channels, height, width]}, FLOAT32, for each sample of a batch; they
 *     must live as long as this
 */
public record ExtraChannels(NoisePredictor network, Tensor channels) implements NoisePredictor {
  /**
   * A checked pair.
   *
   * @throws EngineException if the channels are not of one picture
   */
  public ExtraChannels {
    if (channels.shape().rank() != 4 || channels.dim(0) != 1) {
      throw new EngineException(
          "further channels are [1, channels, height, width], got " + channels.shape());
    }
  }

  /**
   * A network that paints inside a mask, shown what it may change and what is around. Made inside
   * the scope that it is to live in.
   *
   * @param network of 9 input channels where latents have 4
   * @param mask {@code [1, 1, height, width]} in the size of the latents: 1 where it paints, 0
   *     where the picture stays
   * @param surroundings {@code [1, latent channels, height, width]}: the latent of the picture with
   *     its masked pixels made grey, 0 of [-1, 1]
   * @return the network that takes latents alone
   */
  public static ExtraChannels inpainting(NoisePredictor network, Tensor mask, Tensor surroundings) {
    return new ExtraChannels(network, Tensor.concat(List.of(mask, surroundings), 1));
  }

  @Override
  public Tensor predict(Tensor x, Tensor timesteps, Conditioning given) {
    Tensor beside = channels.expand(x.dim(0), -1, -1, -1);
    return network.predict(Tensor.concat(List.of(x, beside), 1), timesteps, given);
  }
}
