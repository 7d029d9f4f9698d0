package io.songe.cli.terminal;

/** A small picture, written as rows of ARGB values. */
record Picture(int width, int height, Colors colors) implements Pixels {
  @FunctionalInterface
  interface Colors {
    int argb(int x, int y);
  }

  static Picture of(int width, int... argb) {
    return new Picture(width, argb.length / width, (x, y) -> argb[y * width + x]);
  }

  static Picture filled(int width, int height, int argb) {
    return new Picture(width, height, (_, _) -> argb);
  }

  @Override
  public int argb(int x, int y) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IndexOutOfBoundsException(x + ", " + y);
    }
    return colors.argb(x, y);
  }
}
