package io.songe.model.vae;

import io.songe.error.EngineException;
import io.songe.tensor.Tensor;

/** The shapes of an autoencoder's pictures and latents. */
record Geometry(int imageChannels, int latentChannels, int factor) {
  /** Refuses anything but [batch, imageChannels, height, width] with sides that divide. */
  void requirePictures(Tensor x) {
    if (x.shape().rank() != 4
        || x.dim(1) != imageChannels
        || x.dim(2) % factor != 0
        || x.dim(3) % factor != 0) {
      throw new EngineException(
          "pictures must be [batch, "
              + imageChannels
              + ", height, width] with sides that are multiples of "
              + factor
              + ", got "
              + x.shape());
    }
  }

  /** Refuses anything but [batch, latentChannels, height, width]. */
  void requireLatents(Tensor x) {
    if (x.shape().rank() != 4 || x.dim(1) != latentChannels) {
      throw new EngineException(
          "latents must be [batch, " + latentChannels + ", height, width], got " + x.shape());
    }
  }
}
