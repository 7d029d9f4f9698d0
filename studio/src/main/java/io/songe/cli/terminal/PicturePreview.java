package io.songe.cli.terminal;

import io.songe.image.Image;
import io.songe.image.Resampling;

/**
 * A picture that emerges in the terminal: the text that draws it, and then draws each later one in
 * its place. The text begins at the left of a line and ends at the left of the line below the
 * picture; to it the cursor has to be back when the next one is drawn. One preview serves one
 * picture: what it drew last stays.
 */
public final class PicturePreview {
  /** A picture takes at most this many lines, and leaves room for the lines around it. */
  private static final int MOST_ROWS = 24;

  private static final int OTHER_ROWS = 3;

  private static final String ERASE_BELOW = "\033[J";
  private static final String SAVE_CURSOR = "\0337";
  private static final String RESTORE_CURSOR = "\0338";

  private final Window window;
  private final ColourDepth colours;
  private final PreviewStyle style;
  private final int image;

  private int rowsDrawn;

  /**
   * A preview that has drawn nothing yet.
   *
   * @param terminal where it is drawn; what it says about colours holds only for half blocks
   * @param style how, even if the terminal does not say that it can
   * @param image a number that no other picture has on this terminal, at least 1
   */
  public PicturePreview(Terminal terminal, PreviewStyle style, int image) {
    if (image < 1) {
      throw new IllegalArgumentException("an image's number is at least 1, got " + image);
    }
    this.window = terminal.window();
    this.colours = terminal.colours();
    this.style = style;
    this.image = image;
  }

  /**
   * {@return the text that draws a picture, scaled to fit the window} It replaces the one drawn
   * before.
   *
   * @param picture the picture as it is now
   */
  public String draw(Image picture) {
    String back = rowsDrawn == 0 ? "" : up(rowsDrawn);
    return switch (style) {
      case HALF -> back + halfBlocks(picture);
      case KITTY -> back + kitty(picture);
      case SIXEL -> back + ERASE_BELOW + sixels(picture);
    };
  }

  private String halfBlocks(Image picture) {
    double scale = Math.min(1, scale(picture, columns(), 2 * rows()));
    Image scaled = scaled(picture, scale);
    rowsDrawn = cells(scaled.height(), 2);
    return HalfBlocks.draw(scaled, colours);
  }

  private String sixels(Image picture) {
    Image scaled = scaled(picture, scaleInPixels(picture));
    rowsDrawn = cells(scaled.height(), window.cellHeight());
    return inReservedRows(Sixels.draw(scaled));
  }

  private String kitty(Image picture) {
    double scale = scaleInPixels(picture);
    int columns = cells((int) Math.round(picture.width() * scale), window.cellWidth());
    rowsDrawn = cells((int) Math.round(picture.height() * scale), window.cellHeight());
    Image sent = scale < 1 ? scaled(picture, scale) : picture; // the terminal itself enlarges
    return inReservedRows(KittyGraphics.draw(sent, image, columns, rowsDrawn));
  }

  /** Where a picture leaves the cursor differs among terminals, so its place is kept instead. */
  private String inReservedRows(String drawing) {
    return "\n".repeat(rowsDrawn)
        + up(rowsDrawn)
        + SAVE_CURSOR
        + drawing
        + RESTORE_CURSOR
        + "\033["
        + rowsDrawn
        + "B";
  }

  private int columns() {
    return Math.max(1, window.columns() - 1);
  }

  private int rows() {
    return Math.clamp(window.rows() - OTHER_ROWS, 1, MOST_ROWS);
  }

  private double scaleInPixels(Image picture) {
    return scale(picture, columns() * window.cellWidth(), rows() * window.cellHeight());
  }

  private static double scale(Image picture, int width, int height) {
    return Math.min((double) width / picture.width(), (double) height / picture.height());
  }

  private static Image scaled(Image picture, double scale) {
    return picture.resize(
        Math.max(1, (int) Math.round(picture.width() * scale)),
        Math.max(1, (int) Math.round(picture.height() * scale)),
        Resampling.BILINEAR);
  }

  private static int cells(int pixels, int cell) {
    return Math.max(1, Math.ceilDiv(pixels, cell));
  }

  private static String up(int rows) {
    return "\033[" + rows + "A";
  }
}
