package io.songe.explain;

import io.songe.error.InvalidRequestException;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes words in lines that are not too long.
 *
 * @param font with its measures
 */
record Lettering(FontMetrics font) {
  private static final Color INK = new Color(0x26, 0x26, 0x2b);
  private static final int GAP = 5;

  /**
   * A lettering in the machine's own font.
   *
   * @param style of {@link Font}
   * @param size in pixels
   * @throws InvalidRequestException if the machine has none
   */
  static Lettering of(int style, int size) {
    return of(() ->
        new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)
            .createGraphics()
            .getFontMetrics(new Font(Font.SANS_SERIF, style, size)));
  }

  /** A lettering in a font that may not be there, as in small containers. */
  static Lettering of(Supplier<FontMetrics> font) {
    try {
      return new Lettering(font.get());
    } catch (RuntimeException | LinkageError | InternalError missing) {
      throw new InvalidRequestException(
          "this machine has no font to write with; install fontconfig and a font, such as DejaVu",
          missing);
    }
  }

  /** {@return how high a text is, with a gap above and below; 0 for none} */
  int height(String text, int width) {
    return text.isBlank() ? 0 : lines(text, width).size() * font.getHeight() + 2 * GAP;
  }

  /** Writes a text from the left. */
  void write(Graphics2D pen, String text, int left, int top, int width) {
    write(pen, text, left, top, width, 0);
  }

  /** Writes a text in the middle of its width. */
  void writeCentred(Graphics2D pen, String text, int left, int top, int width) {
    write(pen, text, left, top, width, 0.5);
  }

  private void write(Graphics2D pen, String text, int left, int top, int width, double indent) {
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(INK);
    pen.setFont(font.getFont());
    int baseline = top + GAP + font.getAscent();
    for (String line : lines(text, width)) {
      int free = width - font.stringWidth(line);
      pen.drawString(line, left + (int) (indent * free), baseline);
      baseline += font.getHeight();
    }
  }

  /** Broken between words; a word that is longer than a line stands alone. */
  private List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split(" +", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && font.stringWidth(longer) > width) {
        lines.add(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.add(line);
    return lines;
  }
}
