package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.BrownianPath;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * DPM-Solver++ for the stochastic equation, singlestep: the ancestral counterpart of Lu et al.
 * 2022, "DPM-Solver++", algorithm 1 with the middle at r = 1/2, as k-diffusion made it. The noise
 * of the middle and that of the end are read from one {@link BrownianPath}, since the way to the
 * middle is part of the whole way. Two estimates a step, one in a last step to 0.
 */
public record DpmPlusPlusSde() implements Sampler {
  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    BrownianPath brownian = brownian(noise, x);
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          if (next == 0) {
            path.moveTo(denoised, denoised);
          } else {
            double middle = Math.sqrt(sigma * next);
            Tensor halfway = stepped(path.x(), denoised, sigma, middle, brownian);
            Tensor aim = denoiser.denoise(halfway, middle);
            path.moveTo(stepped(path.x(), aim, sigma, next, brownian), denoised);
          }
        }
      }
      return path.end();
    }
  }

  static BrownianPath brownian(NoiseSource noise, Tensor x) {
    try (Scope _ = Scope.open()) {
      return new BrownianPath(noise, x.shape());
    }
  }

  private static Tensor stepped(
      Tensor x, Tensor denoised, double sigma, double next, BrownianPath brownian) {
    AncestralStep step = AncestralStep.of(sigma, next, 1);
    double shrink = step.down() / sigma;
    Tensor fresh = brownian.between(sigma, next).times(step.up());
    return x.times(shrink).plus(denoised.times(1 - shrink)).plus(fresh);
  }
}
