package io.songe.train;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** How the tests train {@link TinyTask}. */
final class TinyOptions {
  private static final Duration SELDOM = Duration.ofMinutes(5);

  private TinyOptions() {}

  static SequencedMap<String, Object> config() {
    return new LinkedHashMap<>(Map.of("rate", .01));
  }

  static TrainingOptions of(long steps) {
    return of(steps, 2);
  }

  static TrainingOptions of(long steps, int parts) {
    return of(steps, parts, SELDOM, Optional.empty());
  }

  /** Stopping after a time. */
  static TrainingOptions with(long steps, Duration budget) {
    return of(steps, 2, SELDOM, Optional.of(budget));
  }

  /** Saving after every step. */
  static TrainingOptions saving(long steps) {
    return of(steps, 2, Duration.ofNanos(1), Optional.empty());
  }

  /** Saving a few times a second. */
  static TrainingOptions savingOften(long steps) {
    return of(steps, 2, Duration.ofMillis(150), Optional.empty());
  }

  private static TrainingOptions of(
      long steps, int parts, Duration saveEvery, Optional<Duration> budget) {
    return new TrainingOptions(
        new LearningRate(.01, 10, steps, .5, .1),
        AdamW.Options.USUAL,
        .99,
        1,
        parts,
        saveEvery,
        50,
        budget);
  }
}
