package io.songe.explain;

import io.songe.explain.Figure.Panel;
import io.songe.explain.Figure.Row;
import io.songe.image.BufferedImages;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Resampling;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Lays a figure out and draws it, on white.
 *
 * @param panelWidth of each picture, in pixels
 * @param titles writes above rows
 * @param captions writes below pictures
 */
record FigureDrawing(int panelWidth, Lettering titles, Lettering captions) {
  private static final int MARGIN = 8;

  Image draw(List<Row> rows) {
    int width = rows.stream().mapToInt(this::width).max().orElseThrow();
    int height = rows.stream().mapToInt(row -> height(row, width)).sum() + MARGIN;
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, width, height);
    int top = MARGIN;
    for (Row row : rows) {
      draw(row, pen, top, width);
      top += height(row, width);
    }
    pen.dispose();
    return BufferedImages.fromBufferedImage(sheet);
  }

  private void draw(Row row, Graphics2D pen, int top, int width) {
    titles.write(pen, row.title(), MARGIN, top, width - 2 * MARGIN);
    int pictures = top + titles.height(row.title(), width - 2 * MARGIN);
    int below = pictures + pictureHeight(row);
    int left = MARGIN;
    for (Panel panel : row.panels()) {
      pen.drawImage(BufferedImages.toBufferedImage(shown(panel)), left, pictures, null);
      captions.writeCentred(pen, panel.caption(), left, below, panelWidth);
      left += panelWidth + MARGIN;
    }
  }

  private int width(Row row) {
    return MARGIN + row.panels().size() * (panelWidth + MARGIN);
  }

  private int height(Row row, int width) {
    int captionHeight =
        row.panels().stream()
            .mapToInt(panel -> captions.height(panel.caption(), panelWidth))
            .max()
            .orElseThrow();
    return titles.height(row.title(), width - 2 * MARGIN)
        + pictureHeight(row)
        + captionHeight
        + MARGIN;
  }

  private int pictureHeight(Row row) {
    return row.panels().stream().mapToInt(panel -> shown(panel).height()).max().orElseThrow();
  }

  /** A panel's picture at the width of all; the numbers of a latent stay squares. */
  private Image shown(Panel panel) {
    Image picture = panel.picture();
    int height = Math.max(1, Math.round((float) panelWidth * picture.height() / picture.width()));
    Resampling resampling =
        picture.width() < panelWidth / 2 ? Resampling.NEAREST : Resampling.LANCZOS3;
    return picture.over(Colour.WHITE).resize(panelWidth, height, resampling);
  }
}
