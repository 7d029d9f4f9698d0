package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Restart sampling. Xu et al. 2023, algorithm 1: after the way down to a low level, noise lifts the
 * sample to a higher one again, and that part of the way is gone once more; steps are those of
 * {@link Heun}. The levels and numbers are A1111's: from 20 steps on, one restart of 9 steps from 2
 * to 0.1, from 36 steps on two restarts of a quarter of the steps each; then all levels lie on
 * Karras' curve between the first listed one and the last above 0. With fewer steps there is no
 * restart, and nothing but the listed levels.
 */
public record Restart() implements CorrectingSampler {
  private static final int FEWEST_FOR_ONE = 20;
  private static final int FEWEST_FOR_TWO = 36;
  private static final int STEPS_OF_ONE = 9;
  private static final double LOW = 0.1;
  private static final double HIGH = 2;
  private static final double RHO = 7;

  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    List<Trajectory.Step> steps = steps(sigmas);
    try (Trajectory path = new Trajectory(x, steps, listener)) {
      double reached = sigmas.first();
      for (Trajectory.Step step : steps) {
        try (Scope _ = path.step()) {
          Tensor start = path.x();
          if (step.from() > reached) {
            double lift = Math.sqrt(step.from() * step.from() - reached * reached);
            start = start.plus(noise.next(x.shape()).times(lift));
          }
          Tensor denoised = denoiser.denoise(start, step.from());
          path.moveTo(Heun.stepped(denoiser, start, denoised, step.from(), step.to()), denoised);
          reached = step.to();
        }
      }
      return path.end();
    }
  }

  /** All steps, in order. Where one starts above the end of the one before, noise comes between. */
  static List<Trajectory.Step> steps(Sigmas sigmas) {
    int count = sigmas.steps();
    if (count < FEWEST_FOR_ONE) {
      return between(IntStream.rangeClosed(0, count).mapToDouble(sigmas::at).toArray());
    }
    int restarts = count < FEWEST_FOR_TWO ? 1 : 2;
    int length = count < FEWEST_FOR_TWO ? STEPS_OF_ONE : count / 4;
    double least = sigmas.last() > 0 ? sigmas.last() : sigmas.at(count - 1);
    int down = count - restarts * length;
    double[] levels =
        sigmas.last() > 0
            ? karras(sigmas.first(), least, down + 1)
            : endingAtZero(karras(sigmas.first(), least, down));
    int low = nearest(levels, LOW);
    int high = nearest(levels, HIGH);
    List<Trajectory.Step> steps = new ArrayList<>(between(levels));
    if (high < low) {
      double[] again = karras(levels[high], levels[low], length + 1);
      for (int i = 0; i < restarts; i++) {
        steps.addAll(low, between(again));
      }
    }
    return steps;
  }

  private static List<Trajectory.Step> between(double[] levels) {
    return IntStream.range(1, levels.length)
        .mapToObj(i -> new Trajectory.Step(levels[i - 1], levels[i]))
        .toList();
  }

  /** Karras et al. 2022, equation 5. */
  private static double[] karras(double from, double to, int count) {
    double first = Math.pow(from, 1 / RHO);
    double last = Math.pow(to, 1 / RHO);
    double[] levels = new double[count];
    for (int i = 1; i < count - 1; i++) {
      levels[i] = Math.pow(first + (last - first) * i / (count - 1), RHO);
    }
    // Not through the roots: where two ways meet, not even a rounding error shall lie between.
    levels[0] = from;
    levels[count - 1] = to;
    return levels;
  }

  private static double[] endingAtZero(double[] levels) {
    return Arrays.copyOf(levels, levels.length + 1);
  }

  private static int nearest(double[] levels, double wanted) {
    int nearest = 0;
    for (int i = 1; i < levels.length; i++) {
      if (Math.abs(levels[i] - wanted) < Math.abs(levels[nearest] - wanted)) {
        nearest = i;
      }
    }
    return nearest;
  }
}
