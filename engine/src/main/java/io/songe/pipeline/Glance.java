package io.songe.pipeline;

import io.songe.checkpoint.Checkpoint;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.SamplingPlan;
import io.songe.image.Image;
import io.songe.image.ImageTensors;
import io.songe.model.Autoencoder;
import io.songe.random.NoiseSource;
import io.songe.tensor.Tensor;

/**
 * One look of a network at a picture that noise was added to: what it has learned to do, and what
 * drawing repeats from step to step.
 *
 * @param noisy the picture with the noise, as the autoencoder sees it: picture and noise shrunk
 *     alike, so that much noise does not glare
 * @param believed what the network takes the picture under the noise for
 */
public record Glance(Image noisy, Image believed) {
  /** Adds noise to a picture, and looks once. */
  static Glance of(
      Checkpoint model,
      Towards towards,
      SamplingPlan plan,
      Image picture,
      long seed,
      double sigma) {
    Autoencoder autoencoder = model.autoencoder();
    NoiseSource noise = NoiseSource.torch(seed);
    Tensor clean =
        autoencoder.encode(ImageTensors.toTensor(picture, autoencoder.imageChannels()), noise);
    Tensor noisy = clean.plus(noise.next(clean.shape()).times(sigma));
    Denoiser denoiser = towards.denoiser(plan, model.unet());
    return new Glance(
        LatentPicture.ofNoisy(autoencoder, noisy, sigma),
        LatentPicture.of(autoencoder, denoiser.denoise(noisy, sigma)));
  }
}
