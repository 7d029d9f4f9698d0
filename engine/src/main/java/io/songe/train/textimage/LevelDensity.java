package io.songe.train.textimage;

import java.util.Arrays;

/** How often each noise level is looked at. */
public sealed interface LevelDensity {
  /**
   * How often a level is drawn.
   *
   * @param level from 0, the least noise, to {@link Noising#LEVELS} - 1
   * @return at least 0, in any unit
   */
  double at(int level);

  /** {@return which level is the last of which part of all draws} */
  default Quantiles quantiles() {
    double[] sums = new double[Noising.LEVELS];
    double sum = 0;
    for (int level = 0; level < sums.length; level++) {
      sum += at(level);
      sums[level] = sum;
    }
    return new Quantiles(sums);
  }

  /** The levels in the order of their noise, each as wide as it is likely. */
  final class Quantiles {
    private final double[] sums;

    private Quantiles(double[] sums) {
      this.sums = sums;
    }

    /**
     * {@return the level below which a part of all draws is}
     *
     * @param part at least 0 and below 1
     */
    public int level(double part) {
      double sum = part * sums[sums.length - 1];
      int found = Arrays.binarySearch(sums, sum);
      return Math.min(found < 0 ? -found - 1 : found + 1, sums.length - 1);
    }
  }

  /** All levels are looked at equally often. Ho et al. 2020, algorithm 1. */
  record Even() implements LevelDensity {
    @Override
    public double at(int level) {
      return 1;
    }
  }

  /**
   * The logit of the level, as a part of all, is normal: the levels in the middle are looked at
   * most, and with a mean above 0 those with more noise, where the words decide what is drawn.
   * Esser et al. 2024, equation 19.
   *
   * @param mean of the logit
   * @param deviation of the logit, above 0
   */
  record LogitNormal(double mean, double deviation) implements LevelDensity {
    /**
     * Checked.
     *
     * @throws IllegalArgumentException if a number is not finite, or the deviation not above 0
     */
    public LogitNormal {
      if (!Double.isFinite(mean) || !Double.isFinite(deviation) || !(deviation > 0)) {
        throw new IllegalArgumentException(
            "noise levels need a finite mean, and a deviation above 0, got %s and %s; 0.6 and 1 draw more of the noisy ones"
                .formatted(mean, deviation));
      }
    }

    @Override
    public double at(int level) {
      double part = (level + .5) / Noising.LEVELS;
      double away = (Math.log(part / (1 - part)) - mean) / deviation;
      return Math.exp(-away * away / 2) / (part * (1 - part));
    }
  }
}
