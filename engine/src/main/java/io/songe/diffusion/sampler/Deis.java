package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.Sigmas;
import io.songe.diffusion.SolverOptions;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Diffusion exponential integrator, multistep. Zhang and Chen 2023, "Fast Sampling of Diffusion
 * Models with Exponential Integrator", algorithm 1, with the integrals taken over its variable
 * {@code rho}, which is our sigma, and with polynomials in {@code log rho}. Where there are few
 * steps, diffusers lets the last two be of lower orders. A step to noise level 0, whose logarithm
 * is infinite, is of order 1.
 *
 * @param order how many slopes count, from 1 to 3
 * @param lowerOrderFinal whether the last steps of few are of lower orders
 */
public record Deis(int order, boolean lowerOrderFinal) implements Sampler {
  private static final int FEW_STEPS = 15;

  /** Checks the range. */
  public Deis {
    if (order < 1 || order > 3) {
      throw new InvalidRequestException("the order of DEIS must be from 1 to 3, got " + order);
    }
  }

  @Override
  public Sampler tunedTo(SchedulerConfig config) {
    return config.solver() instanceof SolverOptions.Multistep(int said, _, boolean lower)
        ? new Deis(said, lower)
        : this;
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
          int used = Math.min(slopes.size(), mostAt(i, sigmas));
          double[] weights =
              AdamsWeights.over(1, Math.log(sigma), Math.log(next), logarithms(slopes, used));
          Tensor aim = slopes.addMeanTo(denoised, -sigma, weights);
          path.moveTo(Euler.towards(aim, path.x(), sigma, next), denoised);
        }
      }
      return path.end();
    }
  }

  private int mostAt(int step, Sigmas sigmas) {
    if (sigmas.at(step + 1) == 0) {
      return 1;
    }
    boolean few = lowerOrderFinal && sigmas.steps() < FEW_STEPS;
    return few ? Math.min(order, sigmas.steps() - step) : order;
  }

  private static double[] logarithms(History slopes, int count) {
    double[] points = slopes.sigmas(count);
    for (int k = 0; k < count; k++) {
      points[k] = Math.log(points[k]);
    }
    return points;
  }
}
