package io.songe.evaluate.judge;

import java.util.List;

/**
 * How large a judge is and how long it learns.
 *
 * @param side at which it looks at pictures, in pixels
 * @param widths channels at each halving of the side
 * @param buckets number of different pieces of words
 * @param wordWidth features of such a piece
 * @param features of a picture or phrase
 * @param steps how many it learns for, at least 1
 * @param batch drawings in a step, at least 2
 * @param rate the highest learning rate
 * @param seed of its beginning and of all choices
 */
public record JudgeOptions(
    int side,
    List<Integer> widths,
    int buckets,
    int wordWidth,
    int features,
    long steps,
    int batch,
    double rate,
    long seed) {
  /** Options with the list copied. */
  public JudgeOptions {
    widths = List.copyOf(widths);
    if (steps < 1 || batch < 2) {
      throw new IllegalArgumentException(
          "a judge learns for at least 1 step of 2 drawings, got %d of %d".formatted(steps, batch));
    }
  }

  /** {@return a judge for some thousand drawings: two million weights, half an hour of one core} */
  public static JudgeOptions usual() {
    return new JudgeOptions(64, List.of(32, 64, 128, 176), 4096, 64, 192, 6000, 128, 2e-3, 0);
  }

  /** {@return a judge that learns a few simple things within seconds, to try the whole way} */
  public static JudgeOptions small() {
    return new JudgeOptions(32, List.of(16, 32, 48), 512, 32, 48, 200, 32, 3e-3, 0);
  }

  /**
   * {@return these options for another time of learning}
   *
   * @param other number of steps
   */
  public JudgeOptions withSteps(long other) {
    return new JudgeOptions(side, widths, buckets, wordWidth, features, other, batch, rate, seed);
  }
}
