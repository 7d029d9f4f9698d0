package io.songe.cli.terminal;

/**
 * The size of a terminal's window.
 *
 * @param columns characters in a line, at least 1
 * @param rows lines, at least 1
 * @param width pixels, 0 where the terminal does not tell
 * @param height pixels, 0 where the terminal does not tell
 */
public record Window(int columns, int rows, int width, int height) {
  /** The size of the terminals after which all others were made. */
  public static final Window USUAL = new Window(80, 24, 0, 0);

  /** A cell that is not larger than any in use, so that a picture never outgrows its lines. */
  private static final int ASSUMED_CELL_WIDTH = 8;

  private static final int ASSUMED_CELL_HEIGHT = 16;

  public Window {
    if (columns < 1 || rows < 1 || width < 0 || height < 0) {
      throw new IllegalArgumentException(
          "a window has columns and rows, got %d x %d (%d x %d pixels)"
              .formatted(columns, rows, width, height));
    }
  }

  /** {@return whether the terminal told its size in pixels} */
  boolean toldPixels() {
    return width >= columns && height >= rows;
  }

  /** {@return the width of a character in pixels, assumed where the terminal does not tell} */
  int cellWidth() {
    return toldPixels() ? width / columns : ASSUMED_CELL_WIDTH;
  }

  /** {@return the height of a line in pixels, assumed where the terminal does not tell} */
  int cellHeight() {
    return toldPixels() ? height / rows : ASSUMED_CELL_HEIGHT;
  }
}
