package io.songe.checkpoint;

import io.songe.model.HiddenLayer;

/**
 * Which Stable Diffusion a model is: how its phrases are read, and what its U-Net is given beside
 * the noisy latent. What the network predicts, and in which sizes, is said elsewhere.
 */
public sealed interface ModelFamily {
  /**
   * {@return whether the U-Net paints inside a mask} It is then shown the mask and the latent of
   * what the mask leaves of a picture, in channels behind those of the noisy latent.
   */
  boolean inpainting();

  /** {@return the layer of its text encoders that it was trained with} */
  HiddenLayer hiddenLayer();

  /**
   * Stable Diffusion 1 and 2, and models made like them: one text encoder. Rombach et al. 2022.
   *
   * @param inpainting whether the U-Net paints inside a mask
   */
  record StableDiffusion(boolean inpainting) implements ModelFamily {
    @Override
    public HiddenLayer hiddenLayer() {
      return HiddenLayer.last();
    }
  }

  /**
   * Stable Diffusion XL: two text encoders, whose features are laid side by side, and the sizes of
   * the picture. Podell et al. 2023, section 2.
   *
   * @param inpainting whether the U-Net paints inside a mask
   * @param zeroesEmptyNegative whether zeros stand for an empty negative prompt, instead of what
   *     the encoders make of it
   */
  record StableDiffusionXl(boolean inpainting, boolean zeroesEmptyNegative) implements ModelFamily {
    @Override
    public HiddenLayer hiddenLayer() {
      return HiddenLayer.penultimate();
    }
  }

  /**
   * The refiner of Stable Diffusion XL, which goes over a picture once more: the second of XL's
   * text encoders, the sizes of the picture, and a score of how beautiful it shall be. Podell et
   * al. 2023, section 2.5.
   *
   * @param inpainting whether the U-Net paints inside a mask
   * @param zeroesEmptyNegative whether zeros stand for an empty negative prompt, instead of what
   *     the encoder makes of it
   */
  record StableDiffusionXlRefiner(boolean inpainting, boolean zeroesEmptyNegative)
      implements ModelFamily {
    @Override
    public HiddenLayer hiddenLayer() {
      return HiddenLayer.penultimate();
    }
  }
}
