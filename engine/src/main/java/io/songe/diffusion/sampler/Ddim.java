package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Denoising diffusion implicit models. Song, Meng and Ermon 2021, equations 12 and 16. The paper's
 * samples are {@code sqrt(a) x}, where {@code a = 1 / (1 + sigma^2)} is its alpha; divided by that
 * root, its equation 12 reads {@code x' = D + direction noise(x) + spread fresh}.
 *
 * @param eta 0 for the deterministic process, which draws no noise; 1 for that of Ho et al. 2020
 */
public record Ddim(double eta) implements Sampler {
  /** Checks the range. */
  public Ddim {
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
          double alphaNext = alpha(sigmas.at(i + 1));
          double deviation = deviation(alpha(sigma), alphaNext);
          double direction = Math.sqrt((1 - alphaNext - deviation * deviation) / alphaNext);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          Tensor predictedNoise = path.x().minus(denoised).dividedBy(sigma);
          Tensor next = denoised.plus(predictedNoise.times(direction));
          if (eta > 0) {
            Tensor fresh = noise.next(x.shape());
            next = next.plus(fresh.times(deviation / Math.sqrt(alphaNext)));
          }
          path.moveTo(next, denoised);
        }
      }
      return path.end();
    }
  }

  private static double alpha(double sigma) {
    return 1 / (1 + sigma * sigma);
  }

  /** Equation 16. */
  private double deviation(double alpha, double alphaNext) {
    return eta * Math.sqrt((1 - alphaNext) / (1 - alpha)) * Math.sqrt(1 - alpha / alphaNext);
  }
}
