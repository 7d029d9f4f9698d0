package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Midpoint steps, which take the slope in the middle of a step for the whole of it: two estimates a
 * step, one in a last step to 0. The middle is that of the logarithms of the noise levels, as in
 * DPM-Solver-2. Karras et al. 2022, algorithm 2, without churn, its midpoint placed as by Lu et al.
 * 2022, "DPM-Solver", algorithm 1.
 */
public record Dpm2() implements CorrectingSampler {
  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          path.moveTo(midpoint(denoiser, path.x(), denoised, sigma, next), denoised);
        }
      }
      return path.end();
    }
  }

  /** A step of order 2, or to noise level 0 the estimate. */
  static Tensor midpoint(Denoiser denoiser, Tensor x, Tensor denoised, double sigma, double next) {
    if (next == 0) {
      return denoised;
    }
    double middle = Math.sqrt(sigma * next);
    Tensor there = Euler.towards(denoised, x, sigma, middle);
    Tensor slope = there.minus(denoiser.denoise(there, middle)).dividedBy(middle);
    return x.plus(slope.times(next - sigma));
  }
}
