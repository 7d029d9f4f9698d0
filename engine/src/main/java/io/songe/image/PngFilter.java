package io.songe.image;

/**
 * The five ways in which a row is predicted from its neighbours (PNG specification, third edition,
 * section 9). Each value is the row's bytes less the prediction, modulo 256.
 */
final class PngFilter {
  static final int COUNT = 5;

  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;

  private PngFilter() {}

  /**
   * Filters one row.
   *
   * @param filter 0..4
   * @param row the row's bytes; only read
   * @param above the row above, or zeros
   * @param step bytes from a pixel to its neighbour
   * @param filtered receives the differences, from its second byte on
   */
  static void apply(int filter, byte[] row, byte[] above, int step, byte[] filtered) {
    // The first pixel has no left neighbour: it counts as zeros.
    for (int i = 0; i < step; i++) {
      filtered[i + 1] = (byte) (row[i] - predict(filter, 0, above[i] & 0xff, 0));
    }
    // One loop for each filter: together, the compiler turns none of them into vectors.
    switch (filter) {
      case NONE -> System.arraycopy(row, step, filtered, step + 1, row.length - step);
      case SUB -> {
        for (int i = step; i < row.length; i++) {
          filtered[i + 1] = (byte) (row[i] - row[i - step]);
        }
      }
      case UP -> {
        for (int i = step; i < row.length; i++) {
          filtered[i + 1] = (byte) (row[i] - above[i]);
        }
      }
      case AVERAGE -> {
        for (int i = step; i < row.length; i++) {
          filtered[i + 1] = (byte) (row[i] - ((row[i - step] & 0xff) + (above[i] & 0xff)) / 2);
        }
      }
      default -> {
        for (int i = step; i < row.length; i++) {
          int corner = above[i - step] & 0xff;
          filtered[i + 1] = (byte) (row[i] - paeth(row[i - step] & 0xff, above[i] & 0xff, corner));
        }
      }
    }
  }

  /**
   * Undoes the filter in place.
   *
   * @param filter 0..4
   * @param row holds the differences, and then the row's bytes
   * @param above the row above, or zeros
   * @param step bytes from a pixel to its neighbour
   */
  static void undo(int filter, byte[] row, byte[] above, int step) {
    for (int i = 0; i < row.length; i++) {
      int left = i < step ? 0 : row[i - step] & 0xff;
      int corner = i < step ? 0 : above[i - step] & 0xff;
      row[i] = (byte) (row[i] + predict(filter, left, above[i] & 0xff, corner));
    }
  }

  private static int predict(int filter, int left, int above, int corner) {
    return switch (filter) {
      case NONE -> 0;
      case SUB -> left;
      case UP -> above;
      case AVERAGE -> (left + above) / 2;
      default -> paeth(left, above, corner);
    };
  }

  private static int paeth(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }
}
