package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Heun steps, which average the slopes of both ends: two estimates a step, one in a last step to 0.
 * Karras et al. 2022, algorithm 2, which without churn is algorithm 1.
 *
 * @param churn noise that is added before each step
 */
public record Heun(Churn churn) implements CorrectingSampler {
  /** Without churn: noise is drawn once, for the start. */
  public Heun() {
    this(Churn.none());
  }

  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = churn.lifted(sigmas.at(i), sigmas.steps());
          Tensor lifted = churn.lift(path.x(), sigmas.at(i), sigma, noise);
          Tensor denoised = denoiser.denoise(lifted, sigma);
          path.moveTo(stepped(denoiser, lifted, denoised, sigma, sigmas.at(i + 1)), denoised);
        }
      }
      return path.end();
    }
  }

  /** One step, given the estimate at its start. */
  static Tensor stepped(Denoiser denoiser, Tensor x, Tensor denoised, double sigma, double next) {
    if (next == 0) {
      return denoised;
    }
    Tensor slope = x.minus(denoised).dividedBy(sigma);
    Tensor straight = x.plus(slope.times(next - sigma));
    Tensor there = straight.minus(denoiser.denoise(straight, next)).dividedBy(next);
    return x.plus(slope.plus(there).times((next - sigma) / 2));
  }
}
