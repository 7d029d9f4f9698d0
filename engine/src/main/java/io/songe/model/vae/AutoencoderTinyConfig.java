package io.songe.model.vae;

import io.songe.nn.Parameters;
import java.util.List;

/**
 * The sizes of an {@link AutoencoderTiny}.
 *
 * @param imageChannels of a picture
 * @param latentChannels of a latent
 * @param encoderChannels width of the encoder
 * @param encoderBlocks residual blocks at each level of the encoder, from the picture inwards; each
 *     level but the first halves the sides
 * @param decoderChannels width of the decoder
 * @param decoderBlocks residual blocks at each level of the decoder, from the latent outwards; each
 *     level but the last doubles the sides
 * @param scale between raw latents and those of diffusion
 */
public record AutoencoderTinyConfig(
    int imageChannels,
    int latentChannels,
    int encoderChannels,
    List<Integer> encoderBlocks,
    int decoderChannels,
    List<Integer> decoderBlocks,
    LatentScale scale)
    implements AutoencoderConfig {
  /** Checks the sizes and copies the lists. */
  public AutoencoderTinyConfig {
    encoderBlocks = List.copyOf(encoderBlocks);
    decoderBlocks = List.copyOf(decoderBlocks);
    if (imageChannels < 1 || latentChannels < 1 || encoderChannels < 1 || decoderChannels < 1) {
      throw new IllegalArgumentException(
          "an autoencoder's channels are at least 1, got image channels "
              + imageChannels
              + ", latent channels "
              + latentChannels
              + ", encoder channels "
              + encoderChannels
              + ", decoder channels "
              + decoderChannels);
    }
    if (encoderBlocks.isEmpty() || encoderBlocks.size() != decoderBlocks.size()) {
      throw new IllegalArgumentException(
          "encoder and decoder must have equally many levels, at least one, got blocks "
              + encoderBlocks
              + " and "
              + decoderBlocks);
    }
    if (encoderBlocks.stream().anyMatch(blocks -> blocks < 0)
        || decoderBlocks.stream().anyMatch(blocks -> blocks < 0)) {
      throw new IllegalArgumentException(
          "a level has no fewer than 0 blocks, got " + encoderBlocks + " and " + decoderBlocks);
    }
  }

  /**
   * {@return the tiny autoencoder for Stable Diffusion's latents, TAESD, by O. Boer Bohan, 2023}
   */
  public static AutoencoderTinyConfig taesd() {
    return new AutoencoderTinyConfig(
        3, 4, 64, List.of(1, 3, 3, 3), 64, List.of(3, 3, 3, 1), LatentScale.of(1));
  }

  @Override
  public AutoencoderTiny build(Parameters p) {
    return new AutoencoderTiny(this, p);
  }

  @Override
  public AutoencoderTinyConfig withScale(LatentScale other) {
    return new AutoencoderTinyConfig(
        imageChannels,
        latentChannels,
        encoderChannels,
        encoderBlocks,
        decoderChannels,
        decoderBlocks,
        other);
  }

  @Override
  public int factor() {
    return geometry().factor();
  }

  Geometry geometry() {
    return new Geometry(imageChannels, latentChannels, 1 << (encoderBlocks.size() - 1));
  }
}
