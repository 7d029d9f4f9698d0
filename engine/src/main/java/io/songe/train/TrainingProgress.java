package io.songe.train;

import java.nio.file.Path;
import java.time.Duration;

/** What a run tells while it goes. */
public sealed interface TrainingProgress {
  /**
   * A step was made. Told a few times a minute, not for each.
   *
   * @param step how many were made
   * @param total of the run
   * @param loss of the first player, averaged over the last steps
   * @param samplesPerSecond lately
   * @param left the time until the end at this speed
   */
  record Step(long step, long total, double loss, double samplesPerSecond, Duration left)
      implements TrainingProgress {}

  /**
   * The state was saved.
   *
   * @param step how many steps it has
   */
  record Saved(long step) implements TrainingProgress {}

  /**
   * A sheet of samples was drawn.
   *
   * @param file the picture
   */
  record Sheet(Path file) implements TrainingProgress {}
}
