package io.songe.diffusion;

import io.songe.error.InvalidRequestException;
import java.util.Arrays;

/**
 * Chooses noise levels and timesteps for a {@link SamplingPlan}.
 *
 * @param config of the model
 * @param grid of the sampler
 * @param steps how many
 */
record StepPlanner(SchedulerConfig config, StepGrid grid, int steps) {
  /** Of the solver that a model was distilled from, where nothing is said: diffusers' default. */
  private static final int USUALLY_DISTILLED = 50;

  /** So high that single precision knows nothing of a signal beside it. */
  private static final double AS_GOOD_AS_INFINITE = 0x1p30;

  SamplingPlan plan(SigmaSchedule schedule) {
    return config.isFlow()
        ? flow(schedule, config.flowSchedule())
        : discrete(schedule, config.discreteSchedule());
  }

  // ---------------------------------------------------------------- networks of whole timesteps

  private SamplingPlan discrete(SigmaSchedule schedule, DiscreteSchedule training) {
    int points = steps + grid.leftOut();
    double[] timesteps = timesteps(schedule, training.length(), points);
    double[] levels = Arrays.stream(timesteps).map(training::straightSigma).toArray();
    if (schedule instanceof SigmaSchedule.Curved(SigmaCurve curve)) {
      levels = curve.levels(range(training, levels), points);
      timesteps = Arrays.stream(levels).map(training::timestep).map(this::told).toArray();
    }
    levels = Arrays.copyOf(levels, levels.length - grid.leftOut());
    timesteps = Arrays.copyOf(timesteps, levels.length);
    if (config.zeroTerminalSignal()
        && grid.startsAtInfinity()
        && levels[0] == training.sigmaMax()) {
      levels[0] = AS_GOOD_AS_INFINITE;
    }
    double last = grid.leavesNoise(config) ? training.sigmaMin() : 0;
    Sigmas sigmas = Sigmas.of(endingAt(last, levels));
    boolean preserving =
        grid.variancePreserving() || grid.orUsual(spacing(schedule)) == TimestepSpacing.LEADING;
    return new SamplingPlan(
        sigmas,
        new ListedTimesteps(levels, timesteps, training),
        config.prediction(),
        preserving ? Math.hypot(sigmas.first(), 1) : sigmas.first(),
        grid.variancePreserving() ? 1 / Math.hypot(last, 1) : 1,
        config.sampleLimit());
  }

  private double[] timesteps(SigmaSchedule schedule, int length, int points) {
    if (grid.isDistilled() && schedule instanceof SigmaSchedule.Model) {
      int original = distilledSteps(length);
      checkSteps(original);
      return StepGrid.distilled(length, original, steps);
    }
    checkSteps(length);
    return grid.timesteps(spacing(schedule), length, points, config.stepsOffset());
  }

  private int distilledSteps(int length) {
    if (!(config.solver() instanceof SolverOptions.Distilled(int said))) {
      return Math.min(USUALLY_DISTILLED, length);
    }
    if (said > length) {
      throw new InvalidRequestException(
          "original_inference_steps must be at most the number of training steps, "
              + length
              + ", got "
              + said);
    }
    return said;
  }

  private TimestepSpacing spacing(SigmaSchedule schedule) {
    return schedule instanceof SigmaSchedule.Spaced(TimestepSpacing spacing)
        ? spacing
        : config.spacing();
  }

  /** Between which levels curves are laid. */
  private NoiseSchedule range(NoiseSchedule training, double[] reached) {
    return grid.curvesWithinReach() && steps > 1
        ? new Narrowed(reached[steps - 1], reached[0], training)
        : training;
  }

  /**
   * What the network is told on a curve. Where diffusers rounds, it rounds so for Karras' curve;
   * others it truncates, which may miss the last timestep by a rounding error, or leaves: we round
   * all alike.
   */
  private double told(double timestep) {
    return grid.roundsCurves() ? Math.rint(timestep) : timestep;
  }

  /** A last step from a level to itself would change nothing, and is left out. */
  private static double[] endingAt(double last, double[] levels) {
    int kept = levels[levels.length - 1] <= last ? levels.length - 1 : levels.length;
    double[] all = Arrays.copyOf(levels, kept + 1);
    all[kept] = last;
    return all;
  }

  // ---------------------------------------------------------------- rectified flow

  private SamplingPlan flow(SigmaSchedule schedule, FlowSchedule training) {
    checkSteps(training.length());
    double[] timesteps =
        schedule instanceof SigmaSchedule.Curved(SigmaCurve curve)
            ? Arrays.stream(curve.levels(training, steps)).map(training::timestep).toArray()
            : flowTimesteps(spacing(schedule), training.length());
    timesteps = Arrays.stream(timesteps).map(t -> shifted(t, training.length())).toArray();
    double[] levels = Arrays.stream(timesteps).map(training::sigma).toArray();
    Sigmas sigmas = Sigmas.of(endingAt(0, levels));
    return new SamplingPlan(
        sigmas,
        new ListedTimesteps(levels, timesteps, training),
        config.prediction(),
        sigmas.first(),
        1,
        config.sampleLimit());
  }

  /** From 1, not 0, to the length. diffusers shifts the lowest twice; so must we. */
  private double[] flowTimesteps(TimestepSpacing said, int length) {
    TimestepSpacing spacing = said == TimestepSpacing.UNSPECIFIED ? TimestepSpacing.LINSPACE : said;
    if (spacing != TimestepSpacing.LINSPACE || steps == 1) {
      double[] fromZero = StepGrid.EULER.timesteps(spacing, length, steps, config.stepsOffset());
      return Arrays.stream(fromZero).map(t -> t + 1).toArray();
    }
    double lowest = shifted(1, length);
    double[] timesteps = new double[steps];
    for (int i = 0; i < steps; i++) {
      timesteps[i] = length + (lowest - length) * i / (steps - 1);
    }
    return timesteps;
  }

  /** Esser et al. 2024, equation 23. */
  private double shifted(double timestep, int length) {
    double shift = config.flowShift();
    return shift * timestep / (1 + (shift - 1) * timestep / length);
  }

  private void checkSteps(int length) {
    if (steps < 1 || steps > length) {
      throw new InvalidRequestException(
          "the number of steps must be from 1 to " + length + ", got " + steps);
    }
  }

  /** A schedule of which only a part of the levels is used. */
  private record Narrowed(double sigmaMin, double sigmaMax, NoiseSchedule whole)
      implements NoiseSchedule {
    @Override
    public double timestep(double sigma) {
      return whole.timestep(sigma);
    }

    @Override
    public double sigma(double timestep) {
      return whole.sigma(timestep);
    }
  }
}
