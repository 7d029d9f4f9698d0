package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * The linear multistep method of Adams and Bashforth along {@code dx/dsigma = (x - D(x; sigma)) /
 * sigma}, with coefficients for steps of any length: a polynomial goes through the latest slopes.
 * Hairer, Norsett and Wanner, "Solving Ordinary Differential Equations I", equation III.5.5. It
 * begins with a step of Euler's and gains an order with each step. What other programs call iPNDM_V
 * is this method, but for a slip in their coefficients and a straight last step.
 *
 * @param order how many slopes count, from 1 to 4
 */
public record Lms(int order) implements Sampler {
  /** Checks the range. */
  public Lms {
    if (order < 1 || order > 4) {
      throw new InvalidRequestException("the order of LMS must be from 1 to 4, got " + order);
    }
  }

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener);
        History slopes = new History(order)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          slopes.add(sigma, path.x().minus(denoised).dividedBy(sigma));
          double[] weights = AdamsWeights.over(0, sigma, next, slopes.sigmas(slopes.size()));
          Tensor aim = slopes.addMeanTo(denoised, -sigma, weights);
          path.moveTo(Euler.towards(aim, path.x(), sigma, next), denoised);
        }
      }
      return path.end();
    }
  }
}
