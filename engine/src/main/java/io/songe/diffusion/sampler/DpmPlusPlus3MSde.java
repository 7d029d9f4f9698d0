package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.BrownianPath;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * DPM-Solver++ of third order for the stochastic equation, multistep: k-diffusion's extension of
 * {@link DpmPlusPlus2MSde} by one more estimate, with the weights of an exponential integrator
 * (Hochbruck and Ostermann 2010, section 2.5). The first step is of first order and the second of
 * second, since estimates before are missing; a last one to noise level 0 gives the estimate. Noise
 * is read from a {@link BrownianPath}.
 */
public record DpmPlusPlus3MSde() implements Sampler {
  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    BrownianPath brownian = DpmPlusPlusSde.brownian(noise, x);
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          if (next == 0) {
            path.moveTo(denoised, denoised);
          } else {
            double shrink = Math.pow(next / sigma, 2);
            Tensor reached = path.x().times(shrink).plus(denoised.times(1 - shrink));
            Tensor change = denoised.minus(path.lastDenoised());
            Tensor fresh = brownian.between(sigma, next).times(next * Math.sqrt(1 - shrink));
            path.moveTo(corrected(reached, change, path, sigmas, i).plus(fresh), denoised, change);
          }
        }
      }
      return path.end();
    }
  }

  /** Adds what the slope and the curvature of the estimates over lambda = -log sigma contribute. */
  private static Tensor corrected(
      Tensor reached, Tensor change, Trajectory path, Sigmas sigmas, int i) {
    if (i == 0) {
      return reached;
    }
    double h = length(sigmas, i);
    double phi2 = 1 + Math.expm1(-2 * h) / (2 * h);
    double before = length(sigmas, i - 1) / h;
    Tensor slope = change.dividedBy(before);
    if (i == 1) {
      return reached.plus(slope.times(phi2));
    }
    double earlier = length(sigmas, i - 2) / h;
    Tensor bend = slope.minus(path.carried().dividedBy(earlier)).dividedBy(before + earlier);
    double phi3 = phi2 / (2 * h) - 0.5;
    return reached.plus(slope.plus(bend.times(before)).times(phi2)).minus(bend.times(phi3));
  }

  private static double length(Sigmas sigmas, int i) {
    return Math.log(sigmas.at(i) / sigmas.at(i + 1));
  }
}
