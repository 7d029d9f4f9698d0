package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Heun steps, which average the slopes of both ends: two estimates a step, one in a last step to 0.
 * Karras et al. 2022, algorithm 1, without churn: our noise is drawn once.
 */
public record Heun() implements Sampler {
  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    GreatestStart.require(sigmas, "Heun");
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          Tensor slope = path.x().minus(denoised).dividedBy(sigma);
          Tensor straight = path.x().plus(slope.times(next - sigma));
          path.moveTo(
              next == 0 ? denoised : corrected(denoiser, path.x(), slope, straight, sigma, next),
              denoised);
        }
      }
      return path.end();
    }
  }

  private static Tensor corrected(
      Denoiser denoiser, Tensor x, Tensor slope, Tensor straight, double sigma, double next) {
    Tensor there = straight.minus(denoiser.denoise(straight, next)).dividedBy(next);
    return x.plus(slope.plus(there).times((next - sigma) / 2));
  }
}
