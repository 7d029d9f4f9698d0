package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Functional;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * DPM-Solver-23 with adaptive step size. Lu et al. 2022, "DPM-Solver", algorithm 3 of its appendix
 * C: a solution of second order from the same estimates tells the error of a step, which is made
 * again, shorter, if that is too large. The factor of the step size is k-diffusion's, softened by
 * an arc tangent.
 *
 * <p>The number of listed steps is of no effect: the solver goes from the first level to the last
 * one above 0 with as many steps as it needs, three estimates each, and one more if the list goes
 * on to 0. The listener hears of a listed step when its end is passed, perhaps of several at once.
 * A batch has its steps in common. Deterministic, as in the paper, k-diffusion and ComfyUI; A1111
 * adds ancestral noise.
 *
 * @param relative tolerance of the error, as a share of the sample's numbers, above 0
 * @param absolute tolerance of the error, in units of the sample, above 0
 */
public record DpmAdaptive(double relative, double absolute) implements CorrectingSampler {
  private static final double FIRST_STEP = 0.05;
  private static final int MOST_ATTEMPTS = 1000;
  private static final double LEAST_FACTOR = 0.81;
  private static final int ORDER = 3;

  /** A step that ends less above the last level than this goes there. */
  private static final double ALMOST = 1 + 1e-5;

  /** Checks the ranges. */
  public DpmAdaptive {
    if (!(relative > 0 && absolute > 0)) {
      throw new InvalidRequestException(
          "the tolerances must be above 0, got " + relative + " and " + absolute);
    }
  }

  /** With the tolerances of k-diffusion. */
  public DpmAdaptive() {
    this(0.05, 0.0078);
  }

  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    double end = sigmas.last() > 0 ? sigmas.last() : sigmas.at(sigmas.steps() - 1);
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      double sigma = sigmas.first();
      double h = FIRST_STEP;
      for (int attempts = 0; sigma > end; attempts++) {
        requireProgress(attempts, sigma);
        try (Scope _ = path.step()) {
          double wanted = sigma * Math.exp(-h);
          double next = wanted > end * ALMOST ? wanted : end;
          DpmSolver step = new DpmSolver(denoiser, path.x(), sigma, next);
          DpmSolver.Pair reached = step.thirdOrder();
          path.requireFinite(reached.high());
          double factor = factor(error(reached, path.carried()));
          if (factor >= LEAST_FACTOR) {
            path.reach(next, reached.high(), step.denoised(), reached.low());
            sigma = next;
          }
          h *= factor;
        }
      }
      if (sigmas.last() == 0) {
        try (Scope _ = path.step()) {
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          path.moveTo(denoised, denoised);
        }
      }
      return path.end();
    }
  }

  /** Algorithm 3, line 8: the root mean square of errors over what is tolerated. */
  private double error(DpmSolver.Pair reached, Tensor lastLow) {
    Tensor size = larger(reached.low().abs(), lastLow.abs()).times(relative);
    Tensor tolerated = size.plus(Functional.relu(size.negate().plus(absolute)));
    return Math.sqrt(
        reached.low().minus(reached.high()).dividedBy(tolerated).square().mean().item());
  }

  private static Tensor larger(Tensor one, Tensor other) {
    return one.plus(Functional.relu(other.minus(one)));
  }

  private static double factor(double error) {
    return 1 + Math.atan(Math.pow(1 / (error + 1e-8), 1.0 / ORDER) - 1);
  }

  /** A network that is asked a thousand times three is not one that this solver fits. */
  private static void requireProgress(int attempts, double sigma) {
    if (attempts == MOST_ATTEMPTS) {
      throw new EngineException(
          "DPM adaptive has come to noise level "
              + sigma
              + " only in "
              + MOST_ATTEMPTS
              + " steps, so short must they be for the tolerated error; choose another sampler");
    }
  }
}
