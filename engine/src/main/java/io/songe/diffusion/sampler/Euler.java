package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Euler steps along {@code dx/dsigma = (x - D(x; sigma)) / sigma}. Karras et al. 2022, equation 3
 * and algorithm 2 without its correction. A step goes straight towards the estimate; written so, it
 * loses no digits where sigma is large.
 *
 * @param churn noise that is added before each step
 */
public record Euler(Churn churn) implements Sampler {
  /** Without churn: noise is drawn once, for the start. */
  public Euler() {
    this(Churn.none());
  }

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = churn.lifted(sigmas.at(i), sigmas.steps());
          double next = sigmas.at(i + 1);
          Tensor lifted = churn.lift(path.x(), sigmas.at(i), sigma, noise);
          Tensor denoised = denoiser.denoise(lifted, sigma);
          path.moveTo(towards(denoised, lifted, sigma, next), denoised);
        }
      }
      return path.end();
    }
  }

  /** A straight step from x at one level towards an estimate of the clean sample. */
  static Tensor towards(Tensor denoised, Tensor x, double sigma, double next) {
    return denoised.plus(x.minus(denoised).times(next / sigma));
  }
}
