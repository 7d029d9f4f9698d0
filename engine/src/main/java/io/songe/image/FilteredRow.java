package io.songe.image;

/**
 * Chooses each row's filter by the rule the PNG specification recommends (third edition, section
 * 12.7): the one whose differences, as signed bytes, have the least sum of magnitudes.
 */
final class FilteredRow {
  private byte[] best;
  private byte[] candidate;

  FilteredRow(int rowBytes) {
    best = new byte[1 + rowBytes];
    candidate = new byte[1 + rowBytes];
  }

  /**
   * Filters a row.
   *
   * @param row the row's bytes; only read
   * @param above the row above, or zeros
   * @param step bytes from a pixel to its neighbour
   * @return the filter's number, then the differences; overwritten by the next call
   */
  byte[] choose(byte[] row, byte[] above, int step) {
    long least = Long.MAX_VALUE;
    for (int filter = 0; filter < PngFilter.COUNT; filter++) {
      candidate[0] = (byte) filter;
      PngFilter.apply(filter, row, above, step, candidate);
      long magnitude = magnitude(candidate);
      if (magnitude < least) {
        least = magnitude;
        byte[] swap = best;
        best = candidate;
        candidate = swap;
      }
    }
    return best;
  }

  private static long magnitude(byte[] filtered) {
    long sum = 0;
    for (int i = 1; i < filtered.length; i++) {
      sum += Math.abs(filtered[i]);
    }
    return sum;
  }
}
