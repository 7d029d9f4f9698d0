package io.songe.model.vae;

import io.songe.nn.Parameters;
import java.util.List;

/**
 * The sizes of an {@link AutoencoderKl}.
 *
 * @param imageChannels of a picture
 * @param latentChannels of a latent
 * @param blockChannels width of each level, from the picture inwards; each level but the last
 *     halves the sides
 * @param layersPerBlock residual blocks of a level on the way down; one more on the way up
 * @param normGroups groups of each normalization; divides every width
 * @param middleAttention whether the middle block has attention
 * @param quantConv whether a 1x1 convolution follows the encoder
 * @param postQuantConv whether a 1x1 convolution comes before the decoder
 * @param forceUpcast whether the weights are known to overflow in FLOAT16. Nothing follows from it
 *     here, since BFLOAT16 has the range of FLOAT32; kept for whoever saves the model
 * @param scale between raw latents and those of diffusion
 */
public record AutoencoderKlConfig(
    int imageChannels,
    int latentChannels,
    List<Integer> blockChannels,
    int layersPerBlock,
    int normGroups,
    boolean middleAttention,
    boolean quantConv,
    boolean postQuantConv,
    boolean forceUpcast,
    LatentScale scale)
    implements AutoencoderConfig {
  /** Checks the sizes and copies the list. */
  public AutoencoderKlConfig {
    blockChannels = List.copyOf(blockChannels);
    if (imageChannels < 1 || latentChannels < 1 || layersPerBlock < 1 || normGroups < 1) {
      throw new IllegalArgumentException(
          "an autoencoder's channels, layers and groups are at least 1, got image channels "
              + imageChannels
              + ", latent channels "
              + latentChannels
              + ", layers per block "
              + layersPerBlock
              + ", groups "
              + normGroups);
    }
    if (blockChannels.isEmpty()) {
      throw new IllegalArgumentException("an autoencoder has at least one level, got none");
    }
    for (int channels : blockChannels) {
      if (channels < 1 || channels % normGroups != 0) {
        throw new IllegalArgumentException(
            "the width of a level must be a multiple of the "
                + normGroups
                + " groups, got "
                + blockChannels);
      }
    }
  }

  /** {@return the autoencoder of Stable Diffusion 1 and 2; Rombach et al. 2022, table 8, f = 8} */
  public static AutoencoderKlConfig stableDiffusion1() {
    return stableDiffusion(LatentScale.of(0.18215));
  }

  /** {@return the autoencoder of SDXL; Podell et al. 2023, section 2.4} */
  public static AutoencoderKlConfig stableDiffusionXl() {
    return stableDiffusion(LatentScale.of(0.13025));
  }

  private static AutoencoderKlConfig stableDiffusion(LatentScale scale) {
    return new AutoencoderKlConfig(
        3, 4, List.of(128, 256, 512, 512), 2, 32, true, true, true, true, scale);
  }

  @Override
  public AutoencoderKl build(Parameters p) {
    return new AutoencoderKl(this, p);
  }

  int levels() {
    return blockChannels.size();
  }

  /** The width of a level, 0 being the picture's. */
  int channels(int level) {
    return blockChannels.get(level);
  }

  int innermostChannels() {
    return blockChannels.getLast();
  }

  @Override
  public AutoencoderKlConfig withScale(LatentScale other) {
    return new AutoencoderKlConfig(
        imageChannels,
        latentChannels,
        blockChannels,
        layersPerBlock,
        normGroups,
        middleAttention,
        quantConv,
        postQuantConv,
        forceUpcast,
        other);
  }

  @Override
  public int factor() {
    return geometry().factor();
  }

  Geometry geometry() {
    return new Geometry(imageChannels, latentChannels, 1 << (levels() - 1));
  }
}
