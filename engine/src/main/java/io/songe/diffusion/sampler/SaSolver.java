package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.NoiseSchedule;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.Sigmas;
import io.songe.diffusion.SolverOptions;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Stochastic Adams solver. Xue et al. 2023, "SA-Solver", algorithm 1: a predictor of Adams and
 * Bashforth's kind and a corrector of Adams and Moulton's for the stochastic equation with as much
 * noise as tau says, for estimates of the clean sample and with samples divided by the paper's
 * alpha. The estimate with which a step begins also corrects the step before. At order 2 the
 * weights are those of the paper's implementation, which differ from the equations by a term of
 * higher order.
 *
 * <p>tau is 1 between the timesteps 200 and 800, which is the full noise of Ho et al. 2020, and
 * otherwise 0, which is none: diffusers' choice.
 *
 * @param predictorOrder from 1 to 4
 * @param correctorOrder from 1 to 4
 * @param lowerOrderFinal whether the last steps are of lower order
 * @param schedule of the network, which says where tau is 1
 */
public record SaSolver(
    int predictorOrder, int correctorOrder, boolean lowerOrderFinal, NoiseSchedule schedule)
    implements CorrectingSampler {
  /** Checks the ranges. */
  public SaSolver {
    if (Math.min(predictorOrder, correctorOrder) < 1
        || Math.max(predictorOrder, correctorOrder) > 4) {
      throw new InvalidRequestException(
          "the orders of SA-Solver must be from 1 to 4, got "
              + predictorOrder
              + " and "
              + correctorOrder);
    }
  }

  @Override
  public Sampler tunedTo(SchedulerConfig config) {
    return config.solver()
            instanceof SolverOptions.StochasticAdams(int predictor, int corrector, boolean lower)
        ? new SaSolver(predictor, corrector, lower, config.noiseSchedule())
        : new SaSolver(predictorOrder, correctorOrder, lowerOrderFinal, config.noiseSchedule());
  }

  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener);
        History estimates = new History(Math.max(predictorOrder, correctorOrder));
        History begun = new History(1);
        History drawn = new History(1)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          estimates.add(sigma, denoised);
          Tensor corrected = path.x();
          if (i > 0) {
            Step before = new Step(sigmas.at(i - 1), sigma);
            Tensor aim = before.correctorAim(estimates, correctorOrderAfter(i - 1, sigmas));
            corrected = before.taken(begun.at(0), aim, drawn.at(0));
          }
          Tensor fresh = noise.next(x.shape());
          begun.add(sigma, corrected);
          drawn.add(sigma, fresh);
          Step step = new Step(sigma, sigmas.at(i + 1));
          Tensor aim = step.predictorAim(estimates, predictorOrderAt(i, sigmas));
          path.moveTo(step.taken(corrected, aim, fresh), denoised);
        }
      }
      return path.end();
    }
  }

  private int predictorOrderAt(int step, Sigmas sigmas) {
    if (sigmas.at(step + 1) == 0) {
      return 1;
    }
    int most = lowerOrderFinal ? sigmas.steps() - step : predictorOrder;
    return Math.min(Math.min(predictorOrder, most), step + 1);
  }

  private int correctorOrderAfter(int step, Sigmas sigmas) {
    int most = lowerOrderFinal ? sigmas.steps() - step + 1 : correctorOrder;
    return Math.min(Math.min(correctorOrder, most), step + 2);
  }

  /** A step between two levels. */
  private final class Step {
    private final double next;
    private final double lambda;
    private final double nextLambda;
    private final double tau;

    /** The rate of the equations' exponential, {@code 1 + tau^2}. */
    private final double rate;

    Step(double sigma, double next) {
      this.next = next;
      lambda = -Math.log(sigma);
      nextLambda = -Math.log(next);
      double timestep = Math.rint(schedule.timestep(sigma));
      tau = timestep >= 200 && timestep <= 800 ? 1 : 0;
      rate = 1 + tau * tau;
    }

    Tensor taken(Tensor x, Tensor aim, Tensor fresh) {
      double h = nextLambda - lambda;
      double shrink = Math.exp(-rate * h);
      double up = tau == 0 ? 0 : next * Math.sqrt(-Math.expm1(-2 * tau * tau * h));
      return x.times(shrink).plus(aim.times(1 - shrink)).plus(fresh.times(up));
    }

    /** The mean estimate of the step, from those up to its beginning. */
    Tensor predictorAim(History estimates, int order) {
      double[] weights = weights(estimates, order);
      if (order == 2) {
        double distance = lambda + Math.log(estimates.sigma(1));
        double h = nextLambda - lambda;
        shift(weights, (h * h / 2 - remainder(h)) / distance);
      }
      return estimates.addMeanTo(estimates.at(0), 1, weights);
    }

    /** The mean estimate of the step, from those up to its end. */
    Tensor correctorAim(History estimates, int order) {
      double[] weights = weights(estimates, order);
      if (order == 2) {
        double h = nextLambda - lambda;
        shift(weights, h / 2 - remainder(h) / h);
      }
      return estimates.addMeanTo(estimates.at(0), 1, weights);
    }

    private double[] weights(History estimates, int order) {
      double[] points = estimates.sigmas(order);
      for (int k = 0; k < order; k++) {
        points[k] = -Math.log(points[k]);
      }
      return AdamsWeights.over(rate, lambda, nextLambda, points);
    }

    /** The double integral that {@code h^2 / 2} is near to where the step is short. */
    private double remainder(double h) {
      return (rate * h + Math.expm1(-rate * h)) / (rate * rate);
    }

    /** Moves weight from the second estimate to the first. */
    private void shift(double[] weights, double integral) {
      double share = rate * integral / -Math.expm1(-rate * (nextLambda - lambda));
      weights[0] += share;
      weights[1] -= share;
    }
  }
}
