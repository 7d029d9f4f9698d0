package io.songe.diffusion;

import io.songe.error.InvalidRequestException;
import java.util.Arrays;

/**
 * The noise levels that a sampler visits: strictly falling, one more than there are steps. The last
 * is 0 for a clean sample, or above 0 where a scheduler leaves a little noise.
 */
public final class Sigmas {
  /** Levels that are so near, relatively, are the same one. */
  private static final double ROUNDING = 1e-6;

  private final double[] levels;

  private Sigmas(double[] levels) {
    this.levels = levels;
  }

  /**
   * A list of levels.
   *
   * @param levels in units of the sample, at least two
   * @return the list
   * @throws InvalidRequestException if the levels do not strictly fall, or are negative, infinite
   *     or NaN
   */
  public static Sigmas of(double... levels) {
    double[] copy = levels.clone();
    if (copy.length < 2) {
      throw new InvalidRequestException(
          "sampling takes at least one step, from one noise level to another, got the levels "
              + Arrays.toString(copy));
    }
    for (int i = 0; i < copy.length; i++) {
      if (!(copy[i] >= 0 && copy[i] < Double.POSITIVE_INFINITY)) {
        throw new InvalidRequestException(
            "a noise level is a finite number from 0 on, got " + copy[i] + " at step " + i);
      }
      if (i > 0 && copy[i] >= copy[i - 1]) {
        throw new InvalidRequestException(
            "noise levels fall from step to step, got "
                + copy[i - 1]
                + " and then "
                + copy[i]
                + " at step "
                + i
                + "; if there are very many steps, take fewer");
      }
    }
    return new Sigmas(copy);
  }

  /** {@return how many steps there are, at least 1} */
  public int steps() {
    return levels.length - 1;
  }

  /**
   * A level.
   *
   * @param index 0 for where the first step starts, {@code steps()} for where the last one ends
   * @return the level; above 0 but for the last
   */
  public double at(int index) {
    return levels[index];
  }

  /** {@return the level at which sampling starts} */
  public double first() {
    return levels[0];
  }

  /** {@return the level at which sampling ends} */
  public double last() {
    return levels[levels.length - 1];
  }

  /**
   * The step in which a noise level is asked for: the last that starts at it or above. A solver may
   * ask between its steps' ends, and may have computed a level along another way.
   *
   * @param sigma a noise level
   * @return the number of the step, from 0 to {@code steps() - 1}
   */
  public int stepAt(double sigma) {
    int step = 0;
    while (step + 1 < steps() && levels[step + 1] >= sigma * (1 - ROUNDING)) {
      step++;
    }
    return step;
  }

  /**
   * The rest of the list, for sampling that starts from a picture.
   *
   * @param step how many steps to leave out
   * @return the levels from that step on
   * @throws InvalidRequestException if no step is left
   */
  public Sigmas from(int step) {
    if (step < 0 || step >= steps()) {
      throw new InvalidRequestException(
          "of " + steps() + " steps, " + step + " cannot be left out and one remain");
    }
    return new Sigmas(Arrays.copyOfRange(levels, step, levels.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sigmas sigmas && Arrays.equals(levels, sigmas.levels);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return "Sigmas" + Arrays.toString(levels);
  }
}
