package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.Sigmas;
import io.songe.diffusion.SolverOptions;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Denoising diffusion probabilistic models: the reverse of the noising process, step by step. Ho,
 * Jain and Abbeel 2020, algorithm 2, in the form of its equations 6 and 7, so that steps over
 * several training steps are taken too. The paper's samples are {@code sqrt(a) x}, where {@code a =
 * 1 / (1 + sigma^2)} is its cumulated alpha; divided by that root, the posterior's mean is {@code D
 * + (sigma'/sigma)^2 (x - D)}.
 *
 * <p>As in the paper, a last step to noise level 0 adds no noise. diffusers adds some there if the
 * variance is LARGE, unless it left timestep 0; that picture would not be clean. With the variance
 * SMALL this is {@link EulerAncestral}, at other noise levels.
 *
 * @param variance of the noise that a step adds
 */
public record Ddpm(SolverOptions.Variance variance) implements Sampler {
  @Override
  public Sampler tunedTo(SchedulerConfig config) {
    return config.solver() instanceof SolverOptions.Ancestral(SolverOptions.Variance said)
        ? new Ddpm(said)
        : this;
  }

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          double kept = next * next / (sigma * sigma);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          Tensor mean = denoised.plus(path.x().minus(denoised).times(kept));
          Tensor fresh = noise.next(x.shape()).times(next == 0 ? 0 : deviation(sigma, next));
          path.moveTo(mean.plus(fresh), denoised);
        }
      }
      return path.end();
    }
  }

  private double deviation(double sigma, double next) {
    double added = (sigma - next) * (sigma + next);
    return switch (variance) {
      // The paper's beta-tilde, and beta, divided by the alpha of the level that is reached.
      case SMALL -> next / sigma * Math.sqrt(added);
      case LARGE -> Math.sqrt(added * (1 + next * next) / (1 + sigma * sigma));
    };
  }
}
