package io.songe.model.vae;

import io.songe.model.Autoencoder;
import io.songe.nn.Parameters;

/** The kind of an autoencoder and its sizes. */
public sealed interface AutoencoderConfig permits AutoencoderKlConfig, AutoencoderTinyConfig {
  /**
   * Builds the network.
   *
   * @param p its tensors, which stay their owner's
   * @return the autoencoder
   * @throws io.songe.error.BrokenFileException if a tensor is missing or of another shape
   */
  Autoencoder build(Parameters p);

  /** {@return how many pixels of a picture's side one latent stands for, such as 8} */
  int factor();

  /** {@return between raw latents and those of diffusion} */
  LatentScale scale();

  /**
   * The same sizes with another scale.
   *
   * @param scale between raw latents and those of diffusion
   * @return the changed copy
   */
  AutoencoderConfig withScale(LatentScale scale);
}
