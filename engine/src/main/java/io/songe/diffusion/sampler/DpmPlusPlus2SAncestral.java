package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * DPM-Solver++ of second order, singlestep, to below the next level, then fresh noise up to it. Lu
 * et al. 2022, "DPM-Solver++", algorithm 1 with the middle at r = 1/2, made ancestral by
 * k-diffusion. Two estimates a step, one in a last step to 0. The noise of that last step, whose
 * factor is 0, is drawn too.
 *
 * @param eta share of the noise that is fresh, in [0, 1]; 0 for the deterministic solver
 */
public record DpmPlusPlus2SAncestral(double eta) implements Sampler {
  /** Checks the range. */
  public DpmPlusPlus2SAncestral {
    if (!(eta >= 0 && eta <= 1)) {
      throw new InvalidRequestException("eta must be from 0 to 1, got " + eta);
    }
  }

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          AncestralStep step = AncestralStep.of(sigma, sigmas.at(i + 1), eta);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          Tensor aim =
              step.down() == 0
                  ? denoised
                  : middleDenoised(denoiser, path.x(), denoised, sigma, step.down());
          Tensor fresh = noise.next(x.shape()).times(step.up());
          path.moveTo(towards(aim, path.x(), step.down() / sigma).plus(fresh), denoised);
        }
      }
      return path.end();
    }
  }

  /** The estimate halfway in lambda = -log sigma: algorithm 1, lines 4 and 5. */
  private static Tensor middleDenoised(
      Denoiser denoiser, Tensor x, Tensor denoised, double sigma, double next) {
    double middle = Math.sqrt(sigma * next);
    return denoiser.denoise(towards(denoised, x, middle / sigma), middle);
  }

  /** Equation 9: what the exact solution is while the estimate does not change. */
  static Tensor towards(Tensor denoised, Tensor x, double shrink) {
    return x.times(shrink).plus(denoised.times(1 - shrink));
  }
}
