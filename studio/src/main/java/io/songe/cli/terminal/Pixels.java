package io.songe.cli.terminal;

/** A picture as a terminal needs it: a size, and a colour for each place. */
public interface Pixels {
  /** {@return the number of columns, at least 1} */
  int width();

  /** {@return the number of rows, at least 1} */
  int height();

  /**
   * {@return the colour at a place: alpha, red, green and blue, a byte each, alpha highest and not
   * multiplied into the others}
   *
   * @param x column, from 0 at the left
   * @param y row, from 0 at the top
   */
  int argb(int x, int y);

  /**
   * {@return whether a pixel is seen where there is no half transparency: it is more opaque than
   * not}
   *
   * @param argb its colour
   */
  static boolean visible(int argb) {
    return argb >>> 24 >= 128;
  }
}
