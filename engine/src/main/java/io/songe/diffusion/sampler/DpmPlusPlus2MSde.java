package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * {@link DpmPlusPlus2M} for the stochastic equation: {@code SDE-DPM-Solver++(2M)} of Lu et al.
 * 2022, "DPM-Solver++", section 6. Each step shrinks the sample twice as far and adds fresh noise
 * up to the next level. The noise is the source's next, as in diffusers; k-diffusion takes it from
 * a Brownian path, whose pictures therefore differ. That of the last step, whose factor is 0, is
 * drawn too.
 */
public record DpmPlusPlus2MSde() implements Sampler {
  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double next = sigmas.at(i + 1);
          double shrink = Math.pow(next / sigmas.at(i), 2);
          Tensor denoised = denoiser.denoise(path.x(), sigmas.at(i));
          Tensor aim =
              DpmPlusPlus2M.isFirstOrder(i, sigmas)
                  ? denoised
                  : DpmPlusPlus2M.extrapolated(denoised, path, sigmas, i);
          Tensor fresh = noise.next(x.shape()).times(next * Math.sqrt(1 - shrink));
          path.moveTo(path.x().times(shrink).plus(aim.times(1 - shrink)).plus(fresh), denoised);
        }
      }
      return path.end();
    }
  }
}
