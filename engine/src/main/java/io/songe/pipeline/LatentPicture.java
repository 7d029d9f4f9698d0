package io.songe.pipeline;

import io.songe.error.EngineException;
import io.songe.image.Image;
import io.songe.image.ImageTensors;
import io.songe.model.Autoencoder;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/** Latents as the eye sees them: through the autoencoder. */
final class LatentPicture {
  private LatentPicture() {}

  /**
   * The picture of a clean latent.
   *
   * @param latent [1, channels, height, width]
   * @throws EngineException if the autoencoder gives numbers that are not finite
   */
  static Image of(Autoencoder autoencoder, Tensor latent) {
    try (Scope _ = Scope.open()) {
      Tensor planes = autoencoder.decode(latent);
      if (!planes.isFinite()) {
        throw new EngineException(
            "the autoencoder gave numbers that are not finite, of a latent that is; compute in"
                + " FLOAT32 if it was in a shorter type, else the model's file is damaged");
      }
      return ImageTensors.toImage(planes);
    }
  }

  /**
   * The picture of a latent with noise in it. Much noise makes numbers far larger than those of any
   * picture, of which nothing but glare would be seen, so the whole is shrunk by as much as the
   * noise has raised the deviation of a latent that had 1.
   *
   * @param latent [1, channels, height, width], a clean one plus sigma times noise
   * @param sigma the noise level
   * @throws EngineException if the autoencoder gives numbers that are not finite
   */
  static Image ofNoisy(Autoencoder autoencoder, Tensor latent, double sigma) {
    try (Scope _ = Scope.open()) {
      return of(autoencoder, latent.times(1 / Math.hypot(1, sigma)));
    }
  }
}
