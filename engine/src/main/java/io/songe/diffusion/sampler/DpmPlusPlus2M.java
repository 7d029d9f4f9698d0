package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * DPM-Solver++ of second order, multistep. Lu et al. 2022, "DPM-Solver++", algorithm 2, with
 * samples divided by the paper's alpha. The estimate of the last step is extrapolated with that of
 * the step before. The first step has none before and is of first order, as is the last one to
 * noise level 0 or of few steps, where diffusers finds extrapolation unstable.
 */
public record DpmPlusPlus2M() implements Sampler {
  private static final int FEW_STEPS = 15;

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double shrink = sigmas.at(i + 1) / sigmas.at(i);
          Tensor denoised = denoiser.denoise(path.x(), sigmas.at(i));
          Tensor aim = isFirstOrder(i, sigmas) ? denoised : extrapolated(denoised, path, sigmas, i);
          path.moveTo(path.x().times(shrink).plus(aim.times(1 - shrink)), denoised);
        }
      }
      return path.end();
    }
  }

  static boolean isFirstOrder(int step, Sigmas sigmas) {
    boolean isLast = step == sigmas.steps() - 1;
    return step == 0 || (isLast && (sigmas.last() == 0 || sigmas.steps() < FEW_STEPS));
  }

  /** D of algorithm 2, line 8: h is a step's length in lambda = -log sigma, r a ratio of two. */
  static Tensor extrapolated(Tensor denoised, Trajectory path, Sigmas sigmas, int i) {
    double h = Math.log(sigmas.at(i) / sigmas.at(i + 1));
    double before = Math.log(sigmas.at(i - 1) / sigmas.at(i));
    double r = before / h;
    return denoised.plus(denoised.minus(path.lastDenoised()).times(1 / (2 * r)));
  }
}
