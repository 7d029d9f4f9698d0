package io.songe.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** Whether one more job may wait. */
final class Admission {
  /** What is said while nothing is known about when there will be a place. */
  private static final Duration UNKNOWN = Duration.ofSeconds(30);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final QueueLimits limits;

  Admission(QueueLimits limits) {
    this.limits = limits;
  }

  /**
   * Refuses if there is no place.
   *
   * @param owner who wants one
   * @param live all jobs that are not over
   * @param order those that are queued, in their order
   * @param forecast when they are begun
   * @throws QueueFullException if the owner's places are taken, or all
   */
  void require(String owner, Collection<Row> live, List<Row> order, Supplier<Forecast> forecast) {
    long all = live.stream().filter(Row::waits).count();
    long own = live.stream().filter(row -> row.waits() && row.owner().equals(owner)).count();
    if (own >= limits.waitingOfOne()) {
      throw new QueueFullException(
          "%d of your jobs wait, which is the most; cancel some, or wait until they are drawn"
              .formatted(own),
          order.stream()
              .filter(row -> row.owner().equals(owner))
              .findFirst()
              .flatMap(next -> forecast.get().timeBefore(next.id()))
              .map(Admission::sensible)
              .orElse(UNKNOWN));
    }
    if (all >= limits.waiting()) {
      throw new QueueFullException(
          "%d jobs wait, which is the most; try again when some are drawn".formatted(all),
          order.stream()
              .findFirst()
              .flatMap(next -> forecast.get().timeBefore(next.id()))
              .map(Admission::sensible)
              .orElse(UNKNOWN));
    }
  }

  private static Duration sensible(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
