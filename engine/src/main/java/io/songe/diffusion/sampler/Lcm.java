package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Latent consistency models: each step jumps to the estimate and adds noise up to the next level.
 * Luo et al. 2023, "Latent Consistency Models", algorithm 3; Song et al. 2023, "Consistency
 * Models", algorithm 1. For models that were distilled so, in a few steps: for others the estimate
 * is a blurred mean.
 *
 * <p>The papers mix the estimate with the noisy sample so that the model is the identity without
 * noise. At the timesteps that are visited, from 19 on, the sample's part is below 7e-6, and at
 * those of four steps below 4e-8: it is left out. The noise of the last step, whose factor is 0, is
 * drawn too.
 */
public record Lcm() implements Sampler {
  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          Tensor denoised = denoiser.denoise(path.x(), sigmas.at(i));
          Tensor fresh = noise.next(x.shape());
          path.moveTo(denoised.plus(fresh.times(sigmas.at(i + 1))), denoised);
        }
      }
      return path.end();
    }
  }
}
