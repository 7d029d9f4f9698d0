package io.songe.diffusion;

import io.songe.error.EngineException;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Where exactly a solver puts its timesteps, and in what scale its samples begin and end. Solvers
 * that are alike in the mathematics differ in this; each constant does as the diffusers classes
 * that it names, version 0.42, so that the same configuration gives the same picture.
 */
public enum StepGrid {
  /**
   * Whole timesteps. {@code DDIMScheduler}. For LINSPACE we step to the next timestep of the list,
   * where diffusers steps by a stride that misses it.
   */
  DDIM(TimestepSpacing.LEADING, true),
  /** DDIM's timesteps, always to an end without noise. {@code DDPMScheduler}. */
  DDPM(TimestepSpacing.LEADING, true),
  /**
   * Timesteps that need not be whole. {@code EulerDiscreteScheduler}, {@code
   * EulerAncestralDiscreteScheduler}, {@code HeunDiscreteScheduler} and {@code
   * LMSDiscreteScheduler}.
   */
  EULER(TimestepSpacing.LINSPACE, false),
  /**
   * Euler's timesteps, but whole ones along a curve. {@code KDPM2DiscreteScheduler} and {@code
   * KDPM2AncestralDiscreteScheduler}.
   */
  KDPM2(TimestepSpacing.LINSPACE, false),
  /**
   * Whole timesteps, spaced for one more step. {@code DPMSolverMultistepScheduler}, {@code
   * DPMSolverSinglestepScheduler} and {@code UniPCMultistepScheduler}.
   */
  MULTISTEP(TimestepSpacing.LINSPACE, true),
  /**
   * Those of MULTISTEP, always to the least noise level of training: these methods integrate a
   * logarithm. {@code DEISMultistepScheduler} and {@code SASolverScheduler}.
   */
  LOGARITHMIC(TimestepSpacing.LINSPACE, true),
  /** Some of the timesteps of the solver that was distilled. {@code LCMScheduler}. */
  CONSISTENCY(TimestepSpacing.LEADING, true),
  /** Those of CONSISTENCY, to the least noise level of training. {@code TCDScheduler}. */
  TRAJECTORY(TimestepSpacing.LEADING, true),
  /**
   * As EULER for one more step, whose level, the least above 0, is then left out. No class of
   * diffusers: what A1111 calls discard_next_to_last_sigma.
   */
  LEAST_LEFT_OUT(TimestepSpacing.LINSPACE, false),
  /**
   * As EULER for one more step, the last of which would be that to 0 and is left out: sampling ends
   * at the least level of training. No class of diffusers: the solvers of k-diffusion that choose
   * levels themselves, which cannot go to 0.
   */
  ENDING_AT_LEAST(TimestepSpacing.LINSPACE, false);

  private final TimestepSpacing usual;
  private final boolean variancePreserving;

  StepGrid(TimestepSpacing usual, boolean variancePreserving) {
    this.usual = usual;
    this.variancePreserving = variancePreserving;
  }

  /**
   * Whether the samples of these classes are {@code (x0 + sigma noise) / sqrt(1 + sigma^2)}, so
   * that pure noise enters and a remainder of noise leaves in that scale.
   */
  boolean variancePreserving() {
    return variancePreserving;
  }

  /**
   * Whether a zero terminal signal is zero for these classes, which begin with noise alone; the
   * others leave 1/4096 of it.
   */
  boolean startsAtInfinity() {
    return switch (this) {
      case DDIM, DDPM, CONSISTENCY, TRAJECTORY -> true;
      default -> false;
    };
  }

  /** Whether the model was distilled from a solver, from whose timesteps steps are taken. */
  boolean isDistilled() {
    return this == CONSISTENCY || this == TRAJECTORY;
  }

  private boolean isEulerLike() {
    return curvesWithinReach() || leftOut() > 0;
  }

  private boolean hasOneMorePoint() {
    return this == MULTISTEP || this == LOGARITHMIC;
  }

  /** Whether Karras' curve and others are laid between the levels that the spacing reaches. */
  boolean curvesWithinReach() {
    return this == EULER || this == KDPM2;
  }

  /** Whether the network is told whole timesteps along a curve, too. */
  boolean roundsCurves() {
    return hasOneMorePoint() || this == KDPM2;
  }

  /** Whether the last step ends at the least noise level of training. */
  boolean leavesNoise(SchedulerConfig config) {
    return switch (this) {
      case DDIM -> !config.alphaToOne();
      case EULER, KDPM2, MULTISTEP, LEAST_LEFT_OUT -> config.endsAtSigmaMin();
      case LOGARITHMIC, TRAJECTORY, ENDING_AT_LEAST -> true;
      case DDPM, CONSISTENCY -> false;
    };
  }

  /**
   * Some of the timesteps of the solver that a model was distilled from. Luo et al. 2023, section
   * 4.3: skipping steps.
   *
   * @param length number of training steps
   * @param original number of that solver's steps, up to {@code length}
   * @param steps how many timesteps, from 1 to {@code original}
   * @return falling timesteps, from the highest of that solver
   */
  static double[] distilled(int length, int original, int steps) {
    int stride = length / original;
    double skipped = (double) original / steps;
    return falling(steps, i -> (original - (int) ((steps - 1 - i) * skipped)) * stride - 1.0);
  }

  /** How many points more than steps are spread, the lowest of which are then left out. */
  int leftOut() {
    return this == LEAST_LEFT_OUT || this == ENDING_AT_LEAST ? 1 : 0;
  }

  /** The spacing, or this grid's usual one where nothing was said. */
  TimestepSpacing orUsual(TimestepSpacing said) {
    return said == TimestepSpacing.UNSPECIFIED ? usual : said;
  }

  /**
   * The timesteps of a number of steps.
   *
   * @param said how they are spaced
   * @param length number of training steps
   * @param steps how many timesteps, from 1 to {@code length}
   * @param offset added to LEADING timesteps
   * @return falling timesteps, from {@code length - 1} at most to 0 at least
   */
  double[] timesteps(TimestepSpacing said, int length, int steps, int offset) {
    // One more point than there are steps, the lowest of which is then left out.
    int points = hasOneMorePoint() ? steps + 1 : steps;
    int left = points - steps;
    return switch (orUsual(said)) {
      case LINSPACE -> linspace(length, steps, points);
      case LEADING -> {
        int stride = length / points;
        yield falling(steps, i -> Math.min((double) (i + left) * stride + offset, length - 1));
      }
      case TRAILING -> {
        double stride = (double) length / steps;
        yield falling(steps, i -> Math.rint(length - (steps - 1 - i) * stride) - 1);
      }
      case UNSPECIFIED -> throw new EngineException("the grid " + this + " has no usual spacing");
    };
  }

  private double[] linspace(int length, int steps, int points) {
    if (points == 1) {
      // A single step starts from pure noise; diffusers has it start from almost none.
      return new double[] {length - 1.0};
    }
    int left = points - steps;
    double stride = (length - 1.0) / (points - 1);
    return falling(
        steps, i -> isEulerLike() ? (float) (i * stride) : Math.rint((i + left) * stride));
  }

  private static double[] falling(int steps, IntToDoubleFunction rising) {
    return IntStream.range(0, steps)
        .mapToDouble(i -> rising.applyAsDouble(steps - 1 - i))
        .toArray();
  }
}
