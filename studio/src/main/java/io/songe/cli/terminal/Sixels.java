package io.songe.cli.terminal;

import io.songe.image.Colour;
import io.songe.image.Image;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A picture in DEC's sixels: bands of six rows, in each band one line of signs for each colour that
 * occurs there, each sign holding which of six pixels have the colour. A pixel that is more
 * transparent than not is left as it was. VT330/VT340 Programmer Reference Manual, chapter 14.
 */
final class Sixels {
  private static final int BAND = 6;
  private static final int NO_PIXELS = '?';

  /** A repetition costs at least three signs. */
  private static final int WORTH_REPEATING = 4;

  private Sixels() {}

  static String draw(Image picture) {
    Palette palette = Palette.of(picture, 256);
    // 1 after the first semicolon: pixels that are not set keep what is there
    StringBuilder text = new StringBuilder("\033P0;1;0q");
    text.append("\"1;1;").append(picture.width()).append(';').append(picture.height());
    for (int i = 0; i < palette.size(); i++) {
      Colour colour = palette.colour(i);
      text.append('#').append(i).append(";2;").append(percent(colour.red())).append(';');
      text.append(percent(colour.green())).append(';').append(percent(colour.blue()));
    }
    for (int top = 0; top < picture.height(); top += BAND) {
      band(text, picture, palette, top);
    }
    return text.append("\033\\").toString();
  }

  private static int percent(int level) {
    return (level * 100 + 127) / 255;
  }

  private static void band(StringBuilder text, Image picture, Palette palette, int top) {
    SortedMap<Integer, int[]> signs = new TreeMap<>();
    for (int y = top; y < Math.min(top + BAND, picture.height()); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int colour = palette.index(picture.at(x, y));
        if (colour >= 0) {
          signs.computeIfAbsent(colour, _ -> new int[picture.width()])[x] |= 1 << (y - top);
        }
      }
    }
    signs.forEach((colour, line) -> {
      text.append('#').append((int) colour);
      line(text, line);
      text.append('$');
    });
    text.append('-');
  }

  private static void line(StringBuilder text, int[] signs) {
    int end = signs.length;
    while (signs[end - 1] == 0) {
      end--;
    }
    for (int start = 0; start < end; ) {
      int next = start + 1;
      while (next < end && signs[next] == signs[start]) {
        next++;
      }
      String sign = Character.toString(NO_PIXELS + signs[start]);
      int count = next - start;
      text.append(count < WORTH_REPEATING ? sign.repeat(count) : "!" + count + sign);
      start = next;
    }
  }
}
