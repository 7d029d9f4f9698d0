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
 * A unified predictor and corrector. Zhao, Bai, Rao, Zhou and Lu 2023, "UniPC", algorithms 1 (UniC)
 * and 2 (UniP), multistep, in their form for estimates of the clean sample; samples are divided by
 * the paper's alpha. The estimate with which a step begins also corrects the step before, so that
 * the correction costs nothing; the last step is not corrected, and is of order 1 if it leads to
 * noise level 0.
 *
 * @param order of the predictor, from 1 to 3
 * @param firstVariant whether the paper's {@code B(h)} is {@code h}, its {@code B_1}; otherwise
 *     {@code e^h - 1}, its {@code B_2}
 * @param lowerOrderFinal whether the last steps are of lower order
 */
public record UniPc(int order, boolean firstVariant, boolean lowerOrderFinal) implements Sampler {
  /** Checks the range. */
  public UniPc {
    if (order < 1 || order > 3) {
      throw new InvalidRequestException("the order of UniPC must be from 1 to 3, got " + order);
    }
  }

  @Override
  public Sampler tunedTo(SchedulerConfig config) {
    return config.solver()
            instanceof SolverOptions.Multistep(int said, boolean first, boolean lower)
        ? new UniPc(said, first, lower)
        : this;
  }

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener);
        History estimates = new History(order);
        History begun = new History(1)) {
      int used = 0;
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          Tensor corrected =
              i == 0 ? path.x() : new Step(estimates, sigma, used).corrected(begun.at(0), denoised);
          estimates.add(sigma, denoised);
          begun.add(sigma, corrected);
          used = Math.min(mostAt(i, sigmas), i + 1);
          path.moveTo(new Step(estimates, sigmas.at(i + 1), used).predicted(corrected), denoised);
        }
      }
      return path.end();
    }
  }

  private int mostAt(int step, Sigmas sigmas) {
    if (sigmas.at(step + 1) == 0) {
      return 1;
    }
    return lowerOrderFinal ? Math.min(order, sigmas.steps() - step) : order;
  }

  /** A step to a level, from that of the newest estimate, with so many estimates. */
  private final class Step {
    private final History estimates;
    private final double shrink;

    /** The paper's hh: the negative length of the step in lambda = -log sigma. */
    private final double length;

    private final double b;

    /** The paper's r: how far the estimates lie back, in steps as long as this; the last is 1. */
    private final double[] ratios;

    Step(History estimates, double next, int order) {
      this.estimates = estimates;
      double sigma = estimates.sigma(0);
      shrink = next / sigma;
      length = Math.log(shrink);
      b = firstVariant ? length : Math.expm1(length);
      ratios = new double[order];
      for (int k = 1; k < order; k++) {
        ratios[k - 1] = Math.log(estimates.sigma(k) / sigma) / length;
      }
      ratios[order - 1] = 1;
    }

    Tensor predicted(Tensor x) {
      int used = ratios.length - 1;
      return plusDifferences(straight(x), solution(used), used);
    }

    Tensor corrected(Tensor x, Tensor there) {
      int used = ratios.length;
      double[] rho = solution(used);
      Tensor newest = there.minus(estimates.at(0)).times(-b * rho[used - 1]);
      return plusDifferences(straight(x), rho, used - 1).plus(newest);
    }

    private Tensor straight(Tensor x) {
      return x.times(shrink).plus(estimates.at(0).times(1 - shrink));
    }

    private Tensor plusDifferences(Tensor base, double[] rho, int count) {
      Tensor sum = base;
      for (int k = 1; k <= count; k++) {
        Tensor difference = estimates.at(k).minus(estimates.at(0));
        sum = sum.plus(difference.times(-b * rho[k - 1] / ratios[k - 1]));
      }
      return sum;
    }

    /** Of the paper's equations {@code R rho = b}: so the step is exact for low powers. */
    private double[] solution(int count) {
      if (count == 1) {
        // A half is as good, and what the paper takes.
        return new double[] {0.5};
      }
      double[][] powers = new double[count][count];
      double[] wanted = new double[count];
      double phi = Math.expm1(length) / length - 1;
      double factorial = 1;
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < count; k++) {
          powers[i][k] = Math.pow(ratios[k], i);
        }
        wanted[i] = phi * factorial / b;
        factorial *= i + 2;
        phi = phi / length - 1 / factorial;
      }
      return LinearEquations.solve(powers, wanted);
    }
  }
}
