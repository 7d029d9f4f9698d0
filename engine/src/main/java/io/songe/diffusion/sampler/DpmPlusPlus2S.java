package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * DPM-Solver++ of second order, singlestep. Lu et al. 2022, "DPM-Solver++", algorithm 1, whose
 * middle is the listed level between: two listed steps are one of the algorithm, a first of first
 * order and one that starts over from where that one did. So it asks the denoiser once for a listed
 * step, as diffusers counts. A step that is left over, and the last one to noise level 0, are of
 * first order.
 */
public record DpmPlusPlus2S() implements Sampler {
  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigmas.at(i));
          if (i % 2 == 1 && next > 0) {
            Tensor aim = extrapolated(denoised, path.lastDenoised(), sigmas, i);
            double shrink = next / sigmas.at(i - 1);
            path.moveTo(path.carried().plus(aim.times(1 - shrink)), denoised);
          } else {
            double shrink = next / sigmas.at(i);
            Tensor reached = path.x().times(shrink).plus(denoised.times(1 - shrink));
            path.moveTo(reached, denoised, path.x().times(shareKeptByBoth(sigmas, i)));
          }
        }
      }
      return path.end();
    }
  }

  /** What a step and the one after it, taken together, keep of where they start. */
  private static double shareKeptByBoth(Sigmas sigmas, int i) {
    return sigmas.at(Math.min(i + 2, sigmas.steps())) / sigmas.at(i);
  }

  /** Algorithm 1, line 5: r is where the middle lies between both ends, in lambda = -log sigma. */
  private static Tensor extrapolated(Tensor denoised, Tensor first, Sigmas sigmas, int i) {
    double whole = Math.log(sigmas.at(i - 1) / sigmas.at(i + 1));
    double r = Math.log(sigmas.at(i - 1) / sigmas.at(i)) / whole;
    return first.plus(denoised.minus(first).times(1 / (2 * r)));
  }
}
