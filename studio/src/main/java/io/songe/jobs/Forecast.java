package io.songe.jobs;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** When which job is likely to be over, at one moment. */
final class Forecast {
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Double> begins = new HashMap<>();
  private final Map<String, Double> ends = new HashMap<>();

  /**
   * A forecast.
   *
   * @param running seconds that each running job still takes
   * @param order of the waiting jobs
   * @param pace how long pictures take
   * @param workers how many draw at a time
   */
  Forecast(Collection<OptionalDouble> running, List<Row> order, Pace pace, int workers) {
    double work = 0;
    boolean known = true;
    for (OptionalDouble left : running) {
      known &= left.isPresent();
      work += left.orElse(0);
    }
    for (int i = 0; i < order.size(); i++) {
      Row row = order.get(i);
      positions.put(row.id(), i);
      if (known && !running.isEmpty()) {
        begins.put(row.id(), work / Math.max(1, workers));
      }
      OptionalDouble own = seconds(row, pace);
      known &= own.isPresent();
      if (known) {
        ends.put(row.id(), work / Math.max(1, workers) + own.orElse(0));
        work += own.orElse(0);
      }
    }
  }

  /** {@return how many seconds a job that does not run will take, as far as it is not drawn} */
  static OptionalDouble seconds(Row row, Pace pace) {
    OptionalDouble each = pace.ofPicture(row.order().recipe());
    int left = pictures(row.order()) - done(row);
    return each.isPresent() ? OptionalDouble.of(each.getAsDouble() * left) : each;
  }

  /** {@return how many pictures an order has, those of a film counted} */
  static int pictures(Order order) {
    return order.travel().map(Order.Travel::frames).orElse(order.count());
  }

  /** {@return how many of them are done} */
  static int done(Row row) {
    return row.order().travel().isPresent() ? row.frames() : row.images().size();
  }

  Optional<Integer> position(String job) {
    return Optional.ofNullable(positions.get(job));
  }

  /** {@return until a waiting job is begun; empty while nothing is drawn, as in a pause} */
  Optional<Duration> timeBefore(String job) {
    return Optional.ofNullable(begins.get(job)).map(Forecast::duration);
  }

  /** {@return until a waiting job is over} */
  Optional<Duration> timeLeft(String job) {
    return Optional.ofNullable(ends.get(job)).map(Forecast::duration);
  }

  static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
