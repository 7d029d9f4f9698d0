package io.songe.train;

import java.time.Duration;
import java.util.function.Consumer;

/** How fast a run goes, told a few times a minute. */
final class Pace {
  private static final double SECONDS_BETWEEN = 10;

  private final long samplesPerStep;
  private final long total;
  private long step;
  private long steps;
  private double losses;
  private long since = System.nanoTime();
  private boolean told;

  Pace(long samplesPerStep, long step, long total) {
    this.samplesPerStep = samplesPerStep;
    this.step = step;
    this.total = total;
  }

  /** A step was made. */
  void step(double loss) {
    step++;
    steps++;
    losses += loss;
  }

  /**
   * Tells the listener if it is time.
   *
   * @param atOnce whether it is time in any case
   */
  void report(boolean atOnce, Consumer<TrainingProgress> listener) {
    double seconds = (System.nanoTime() - since) / 1e9;
    if (steps == 0 || (told && !atOnce && seconds < SECONDS_BETWEEN)) {
      return;
    }
    Duration left = Duration.ofMillis((long) (1000 * seconds / steps * (total - step)));
    listener.accept(
        new TrainingProgress.Step(
            step, total, losses / steps, steps * samplesPerStep / seconds, left));
    told = true;
    steps = 0;
    losses = 0;
    since = System.nanoTime();
  }
}
