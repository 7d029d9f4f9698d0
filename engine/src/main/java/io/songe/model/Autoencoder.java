package io.songe.model;

import io.songe.random.NoiseSource;
import io.songe.tensor.Tensor;

/**
 * Turns pictures into the small latents in which diffusion happens, and back. Rombach et al. 2022,
 * section 3.1.
 *
 * <p>Latents are given and taken <em>as the diffusion network sees them</em>: shifted and scaled to
 * a standard deviation of about 1. What the raw network makes of them is its own matter.
 *
 * <p>Pictures have values in [-1, 1], and sides that are multiples of {@link #factor()}. Tensors
 * are FLOAT32 on both sides, whatever the network computes in. A call happens inside a {@link
 * io.songe.tensor.Scope}; shapes that do not fit throw {@link io.songe.error.EngineException}.
 */
public interface Autoencoder {
  /**
   * The most likely latents of pictures.
   *
   * @param pictures {@code [batch, imageChannels, height, width]}, in [-1, 1]
   * @return {@code [batch, latentChannels, height / factor, width / factor]}
   */
  Tensor encode(Tensor pictures);

  /**
   * Latents drawn from those that fit the pictures. Where the network knows only one latent for a
   * picture it is the same as without noise, and none is drawn from the source.
   *
   * @param pictures {@code [batch, imageChannels, height, width]}, in [-1, 1]
   * @param noise decides which
   * @return {@code [batch, latentChannels, height / factor, width / factor]}
   */
  Tensor encode(Tensor pictures, NoiseSource noise);

  /**
   * The pictures of latents.
   *
   * @param latents {@code [batch, latentChannels, height, width]}
   * @return {@code [batch, imageChannels, height * factor, width * factor]}, about [-1, 1] and not
   *     clamped to it
   */
  Tensor decode(Tensor latents);

  /** {@return the channels of a picture: 3 for red, green, blue; 4 with coverage} */
  int imageChannels();

  /** {@return the channels of a latent} */
  int latentChannels();

  /** {@return how many pixels of a picture's side one latent stands for, such as 8} */
  int factor();
}
