package io.songe.explain;

import io.songe.error.EngineException;
import io.songe.image.Colour;
import io.songe.image.Image;
import java.awt.Font;
import java.util.List;

/**
 * Rows of small pictures with words: a title above each row, a caption below each picture.
 *
 * @param rows from the top, at least one
 * @param panel how wide each picture is shown, in pixels
 */
public record Figure(List<Row> rows, int panel) {
  private static final int USUAL = 128;

  /**
   * A row of pictures.
   *
   * @param title what they show; empty for none
   * @param panels from the left, at least one
   */
  public record Row(String title, List<Panel> panels) {
    /** Copies the list. */
    public Row {
      panels = List.copyOf(panels);
      if (panels.isEmpty()) {
        throw new EngineException("a row of a figure has at least one picture");
      }
    }
  }

  /**
   * A picture and what it is.
   *
   * @param picture of any size; it is shown as large as all others
   * @param caption empty for none
   */
  public record Panel(Image picture, String caption) {
    /** {@return a place where nothing is shown} */
    public static Panel empty() {
      return new Panel(Image.filled(1, 1, Colour.WHITE), "");
    }
  }

  /** Copies the list. */
  public Figure {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new EngineException("a figure has at least one row");
    }
  }

  /**
   * A figure of pictures of the usual size.
   *
   * @param rows from the top, at least one
   */
  public Figure(List<Row> rows) {
    this(rows, USUAL);
  }

  /**
   * Draws the figure, on white.
   *
   * @return the figure as one picture
   * @throws io.songe.error.InvalidRequestException if this machine has no font to write with
   */
  public Image draw() {
    FigureDrawing drawing =
        new FigureDrawing(panel, Lettering.of(Font.BOLD, 14), Lettering.of(Font.PLAIN, 12));
    return drawing.draw(rows);
  }
}
