package io.songe.train;

/**
 * How far a step goes: rising evenly at first, then at its peak, then falling evenly to a small
 * rest at the end.
 *
 * @param peak the highest rate, above 0
 * @param warmUp steps until the peak is reached; 0 begins with it
 * @param total steps of the whole run, at least 1
 * @param fallFrom the part of the run after which it falls, 0 to 1; 1 never falls
 * @param rest what is left at the end, as a part of the peak, 0 to 1
 */
public record LearningRate(double peak, long warmUp, long total, double fallFrom, double rest) {
  /**
   * Checked.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public LearningRate {
    if (!(peak > 0) || warmUp < 0 || total < 1) {
      throw new IllegalArgumentException(
          "a learning rate has a peak above 0, a warm-up of at least 0 and a total of at least 1"
              + " step, got %s, %d and %d".formatted(peak, warmUp, total));
    }
    if (!(fallFrom >= 0 && fallFrom <= 1) || !(rest >= 0 && rest <= 1)) {
      throw new IllegalArgumentException(
          "a learning rate falls from a part between 0 and 1 of the run to a rest between 0 and 1,"
              + " got %s and %s".formatted(fallFrom, rest));
    }
  }

  /**
   * {@return the rate of a step}
   *
   * @param step from 0
   */
  public double at(long step) {
    double rising = warmUp == 0 ? 1 : Math.min(1, (step + 1.0) / warmUp);
    double done = Math.min(1, (double) step / total);
    double falling =
        done < fallFrom ? 1 : Math.max(rest, (1 - done) / Math.max(1e-12, 1 - fallFrom));
    return peak * rising * Math.min(1, falling);
  }
}
