package io.songe.diffusion;

import java.util.function.DoubleUnaryOperator;

/**
 * A way to spread noise levels over a network's range that does not depend on the sampler. The
 * level after the last step, 0, is not part of it.
 */
@FunctionalInterface
public interface SigmaCurve {
  /**
   * Spreads levels.
   *
   * @param schedule whose range is used
   * @param steps how many levels, at least 1
   * @return falling levels, the first of which is the greatest of the schedule
   */
  double[] levels(NoiseSchedule schedule, int steps);

  /**
   * Equally spaced after taking a root. Karras et al. 2022, equation 5.
   *
   * @param rho which root; the paper takes 7
   * @return the curve
   */
  static SigmaCurve karras(double rho) {
    return (schedule, steps) -> {
      double from = Math.pow(schedule.sigmaMax(), 1 / rho);
      double to = Math.pow(schedule.sigmaMin(), 1 / rho);
      return spread(steps, share -> Math.pow(from + share * (to - from), rho));
    };
  }

  /**
   * Equally spaced logarithms.
   *
   * @return the curve
   */
  static SigmaCurve exponential() {
    return polyexponential(1);
  }

  /**
   * Logarithms spaced by a power.
   *
   * @param rho the power; above 1 the small levels lie closer
   * @return the curve
   */
  static SigmaCurve polyexponential(double rho) {
    return (schedule, steps) -> {
      double from = Math.log(schedule.sigmaMax());
      double to = Math.log(schedule.sigmaMin());
      return spread(steps, share -> Math.exp(to + Math.pow(1 - share, rho) * (from - to)));
    };
  }

  /**
   * Equally spaced arc tangents: the optimum for normally distributed data. Sabour, Fidler and
   * Kreis 2024, section 3.1.
   *
   * @return the curve
   */
  static SigmaCurve klOptimal() {
    return (schedule, steps) -> {
      double from = Math.atan(schedule.sigmaMax());
      double to = Math.atan(schedule.sigmaMin());
      return spread(steps, share -> Math.tan(from + share * (to - from)));
    };
  }

  /**
   * Equally spaced timesteps, both ends included.
   *
   * @return the curve
   */
  static SigmaCurve normal() {
    return (schedule, steps) -> {
      double from = schedule.timestep(schedule.sigmaMax());
      double to = schedule.timestep(schedule.sigmaMin());
      return spread(steps, share -> schedule.sigma(from + share * (to - from)));
    };
  }

  /**
   * Equally spaced timesteps without the last, so that the last step is as long as the others.
   *
   * @return the curve
   */
  static SigmaCurve sgmUniform() {
    return (schedule, steps) -> {
      double from = schedule.timestep(schedule.sigmaMax());
      double to = schedule.timestep(schedule.sigmaMin());
      double[] levels = new double[steps];
      for (int i = 0; i < steps; i++) {
        levels[i] = schedule.sigma(from + (to - from) * i / steps);
      }
      return levels;
    };
  }

  /**
   * Whole timesteps, counted down in equal strides that are rounded.
   *
   * @return the curve
   */
  static SigmaCurve simple() {
    return (schedule, steps) -> {
      long top = Math.round(schedule.timestep(schedule.sigmaMax()));
      long count = top - Math.round(schedule.timestep(schedule.sigmaMin())) + 1;
      double[] levels = new double[steps];
      for (int i = 0; i < steps; i++) {
        levels[i] = schedule.sigma((double) (top - i * count / steps));
      }
      return levels;
    };
  }

  private static double[] spread(int steps, DoubleUnaryOperator levelAtShare) {
    double[] levels = new double[steps];
    for (int i = 0; i < steps; i++) {
      levels[i] = levelAtShare.applyAsDouble(steps == 1 ? 0 : (double) i / (steps - 1));
    }
    return levels;
  }
}
