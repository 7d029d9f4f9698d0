package io.songe.random;

/**
 * Philox 4x32-10: random bits as a function of a counter and a key. Salmon, Moraes, Dror and Shaw
 * 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3.
 */
final class Philox {
  private static final long FIRST_MULTIPLIER = 0xD2511F53L;
  private static final long SECOND_MULTIPLIER = 0xCD9E8D57L;
  private static final int FIRST_WEYL = 0x9E3779B9;
  private static final int SECOND_WEYL = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /**
   * One block of random bits.
   *
   * @param c0 lowest word of the counter
   * @param c1 second word
   * @param c2 third word
   * @param c3 highest word
   * @param key 64 bits, of which the lower half is the first word
   * @return four words of 32 uniform bits
   */
  static int[] block(int c0, int c1, int c2, int c3, long key) {
    int[] counter = {c0, c1, c2, c3};
    int first = (int) key;
    int second = (int) (key >>> Integer.SIZE);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = FIRST_MULTIPLIER * Integer.toUnsignedLong(counter[0]);
      long p1 = SECOND_MULTIPLIER * Integer.toUnsignedLong(counter[2]);
      counter[0] = (int) (p1 >>> Integer.SIZE) ^ counter[1] ^ first;
      counter[1] = (int) p1;
      counter[2] = (int) (p0 >>> Integer.SIZE) ^ counter[3] ^ second;
      counter[3] = (int) p0;
      first += FIRST_WEYL;
      second += SECOND_WEYL;
    }
    return counter;
  }
}
