package io.songe.diffusion;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

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
   * @return falling levels; as many and from the schedule's greatest level on, unless the curve
   *     says otherwise
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
   * Kreis 2024, section 3.1. The least level is one of them and a step to 0 follows, as in ComfyUI;
   * A1111 ends at the least level, with a little noise left.
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
      WholeTimesteps whole = WholeTimesteps.of(schedule);
      double[] levels = new double[steps];
      for (int i = 0; i < steps; i++) {
        // Multiplied so, not divided last: for a few numbers of steps the rounding tells.
        levels[i] = whole.sigma(whole.count() - 1 - (long) (i * ((double) whole.count() / steps)));
      }
      return levels;
    };
  }

  /**
   * Whole timesteps, counted up from the second in equal strides that are rounded down: A1111's
   * DDIM and ComfyUI's ddim_uniform. Where the number of steps does not divide that of timesteps
   * there may be more levels than steps; the greatest is below the schedule's.
   *
   * @return the curve
   */
  static SigmaCurve ddim() {
    return (schedule, steps) -> {
      WholeTimesteps whole = WholeTimesteps.of(schedule);
      long stride = Math.max(whole.count() / steps, 1);
      int levels = Math.toIntExact((whole.count() - 2) / stride + 1);
      return IntStream.range(0, levels)
          .mapToDouble(i -> whole.sigma(1 + (levels - 1 - i) * stride))
          .toArray();
    };
  }

  /**
   * Quantiles of a beta distribution, which lie close at both ends, as shares of the range of
   * levels. Lee et al. 2024, "Beta sampling is all you need", as A1111 and diffusers read it.
   *
   * @param alpha first parameter of the distribution, above 0; the paper takes 0.6
   * @param beta second parameter, above 0; the paper takes 0.6
   * @return the curve
   */
  static SigmaCurve beta(double alpha, double beta) {
    BetaDistribution distribution = new BetaDistribution(alpha, beta);
    return (schedule, steps) -> {
      double least = schedule.sigmaMin();
      double range = schedule.sigmaMax() - least;
      return spread(steps, share -> least + range * distribution.quantile(1 - share));
    };
  }

  /**
   * The same quantiles as shares of the timesteps, rounded to whole ones: as ComfyUI reads the
   * paper. Timesteps that are equal when rounded count once, so that there may be fewer levels than
   * steps; the least level is not one of them.
   *
   * @param alpha first parameter of the distribution, above 0; the paper takes 0.6
   * @param beta second parameter, above 0; the paper takes 0.6
   * @return the curve
   */
  static SigmaCurve betaOfTimesteps(double alpha, double beta) {
    BetaDistribution distribution = new BetaDistribution(alpha, beta);
    return (schedule, steps) -> {
      WholeTimesteps whole = WholeTimesteps.of(schedule);
      return IntStream.range(0, steps)
          .mapToDouble(i -> distribution.quantile(1 - (double) i / steps))
          .map(share -> Math.rint(share * (whole.count() - 1)))
          .distinct()
          .map(timestep -> whole.sigma(Math.round(timestep)))
          .toArray();
    };
  }

  /**
   * The levels of the continuous variance preserving process, from time 1 to a thousandth. Song et
   * al. 2021, "Score-based generative modeling", appendix C. They do not depend on the schedule:
   * the greatest is 152, far above that of most networks.
   *
   * @return the curve
   */
  static SigmaCurve variancePreserving() {
    double least = 0.1;
    double growth = 19.9;
    return (schedule, steps) ->
        spread(
            steps,
            share -> {
              double time = 1 + share * (1e-3 - 1);
              return Math.sqrt(Math.expm1(growth * time * time / 2 + least * time));
            });
  }

  /**
   * Levels that somebody found to be good, and between them equally spaced logarithms where another
   * number of steps is wanted. They do not depend on the schedule.
   *
   * @param found falling levels above 0, at least two
   * @return the curve
   */
  static SigmaCurve listed(double... found) {
    double[] list = found.clone();
    return (schedule, steps) ->
        spread(
            steps,
            share -> {
              double place = share * (list.length - 1);
              int before = Math.min((int) place, list.length - 2);
              double ratio = list[before + 1] / list[before];
              return list[before] * Math.pow(ratio, place - before);
            });
  }

  private static double[] spread(int steps, DoubleUnaryOperator levelAtShare) {
    double[] levels = new double[steps];
    for (int i = 0; i < steps; i++) {
      levels[i] = levelAtShare.applyAsDouble(steps == 1 ? 0 : (double) i / (steps - 1));
    }
    return levels;
  }
}
