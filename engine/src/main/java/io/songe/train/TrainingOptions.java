package io.songe.train;

import java.time.Duration;
import java.util.Optional;

/**
 * How a task is trained.
 *
 * @param rate the learning rate over the run, which also says how many steps the run has
 * @param optimizer which, and its constants
 * @param averaging how much of the moving average stays in a step; 0 to below 1
 * @param clip the most that the norm of all gradients of a player may be, above 0
 * @param parts into how many parts a step's samples are divided, at least 1
 * @param saveEvery the longest time between two saved states; at most five minutes are lost
 * @param sheetEvery steps between two sheets of samples; 0 draws one at the end only
 * @param budget after which the run stops in order, to be gone on with later; empty for none
 */
public record TrainingOptions(
    LearningRate rate,
    Optimizer.Options optimizer,
    double averaging,
    double clip,
    int parts,
    Duration saveEvery,
    long sheetEvery,
    Optional<Duration> budget) {
  /**
   * Checked.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public TrainingOptions {
    if (!(averaging >= 0 && averaging < 1)) {
      throw new IllegalArgumentException("averaging is at least 0 and below 1, got " + averaging);
    }
    if (!(clip > 0)) {
      throw new IllegalArgumentException("the bound of clipping is above 0, got " + clip);
    }
    if (parts < 1 || sheetEvery < 0) {
      throw new IllegalArgumentException(
          "there is at least 1 part, and at least 0 steps are between sheets, got %d and %d"
              .formatted(parts, sheetEvery));
    }
    if (!saveEvery.isPositive()) {
      throw new IllegalArgumentException(
          "the time between saved states is positive, got " + saveEvery);
    }
  }
}
