package io.songe.random;

import java.util.stream.IntStream;

/**
 * Random numbers without a state: each is a function of a seed and of what it is for, so that work
 * can be gone on with anywhere and whatever is drawn in between. The mixing is that of
 * SplittableRandom (Steele, Lea and Flood 2014, figure 16, with Stafford's constants).
 *
 * @param seed any number: other draws for each
 */
public record Draws(long seed) {
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  /**
   * A whole number.
   *
   * @param purpose what the number is for, so that draws for different purposes are independent
   * @param position which of the numbers for it
   * @return any of the 2^64 numbers, all equally likely
   */
  public long bits(long purpose, long position) {
    return mix(mix(mix(seed + GOLDEN_RATIO) + purpose + GOLDEN_RATIO) + position + GOLDEN_RATIO);
  }

  /**
   * A number between 0 and 1.
   *
   * @param purpose what the number is for
   * @param position which of the numbers for it
   * @return at least 0 and below 1, in steps of 2^-53
   */
  public double uniform(long purpose, long position) {
    return (bits(purpose, position) >>> 11) * UNIT;
  }

  /**
   * A whole number below a bound.
   *
   * @param bound above 0
   * @param purpose what the number is for
   * @param position which of the numbers for it
   * @return at least 0 and below the bound
   */
  public int below(int bound, long purpose, long position) {
    return (int) (uniform(purpose, position) * bound);
  }

  /**
   * All numbers below a bound in a random order: sorted by one draw each, unsigned.
   *
   * @param size the bound, below 2^31
   * @param purpose what the order is for
   * @return each of 0 to size - 1 once
   */
  public int[] order(int size, long purpose) {
    return IntStream.range(0, size)
        .boxed()
        .sorted((a, b) -> {
          int byDraw = Long.compareUnsigned(bits(purpose, a), bits(purpose, b));
          return byDraw != 0 ? byDraw : Integer.compare(a, b);
        })
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /**
   * {@return these draws for a part of the work: independent of those of any other part}
   *
   * @param part which
   */
  public Draws in(long part) {
    return new Draws(mix(seed * GOLDEN_RATIO + part));
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
