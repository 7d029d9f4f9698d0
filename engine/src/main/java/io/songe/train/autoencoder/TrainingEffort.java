package io.songe.train.autoencoder;

import io.songe.error.InvalidRequestException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a call may spend on a run, and what it leaves behind on the way. Nothing of it changes what
 * is learned.
 *
 * @param resume whether a run that is there is gone on with
 * @param budget after which the run stops in order, to be gone on with later; empty for none
 * @param saveEvery the longest time between two saved states
 * @param sheetEvery steps between two sheets, each with its figures; 0 draws one at the end only
 */
public record TrainingEffort(
    boolean resume, Optional<Duration> budget, Duration saveEvery, long sheetEvery) {
  /** No budget, and at most five minutes to lose. */
  public static final TrainingEffort USUAL =
      new TrainingEffort(false, Optional.empty(), Duration.ofMinutes(5), 1000);

  /**
   * Checked.
   *
   * @throws InvalidRequestException if a value is out of its range
   */
  public TrainingEffort {
    if (budget.filter(time -> !time.isPositive()).isPresent() || !saveEvery.isPositive()) {
      throw new InvalidRequestException(
          "a budget and the time between saved states are more than nothing, got %s and %s"
              .formatted(budget.map(Duration::toString).orElse("none"), saveEvery));
    }
    if (sheetEvery < 0) {
      throw new InvalidRequestException(
          "between two sheets are at least 0 steps, got " + sheetEvery);
    }
  }
}
