package io.songe.cli.terminal;

import io.songe.image.Colour;
import io.songe.image.Image;

/**
 * A picture in characters: each shows two pixels, one above the other, as the upper half block's
 * colour and its background's. A pixel that is more transparent than not shows the terminal's own
 * background.
 */
final class HalfBlocks {
  private static final String RESET = "\033[0m";

  /** Selects 38, the colour of the character, or 48, the one behind it. */
  private static final int FRONT = 38;

  private static final int BEHIND = 48;

  private static final int CUBE_START = 16;
  private static final int GREYS_START = 232;

  private HalfBlocks() {}

  /**
   * Lines of text, each ended by a line feed, without colours left switched on.
   *
   * @param picture as wide as there are characters, and twice as high
   * @param colours at least {@link ColourDepth#PALETTE}; fewer are drawn as that
   */
  static String draw(Image picture, ColourDepth colours) {
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < picture.height(); y += 2) {
      String before = "";
      for (int x = 0; x < picture.width(); x++) {
        Colour upper = picture.at(x, y);
        Colour lower = y + 1 < picture.height() ? picture.at(x, y + 1) : Colour.TRANSPARENT;
        String selected = selection(upper, lower, colours);
        if (!selected.equals(before)) {
          text.append(before.isEmpty() ? "" : RESET).append(selected);
          before = selected;
        }
        text.append(character(upper, lower));
      }
      text.append(before.isEmpty() ? "" : RESET).append('\n');
    }
    return text.toString();
  }

  private static char character(Colour upper, Colour lower) {
    if (visible(upper)) {
      return '▀';
    }
    return visible(lower) ? '▄' : ' ';
  }

  private static String selection(Colour upper, Colour lower, ColourDepth colours) {
    if (!visible(upper)) {
      return visible(lower) ? colour(FRONT, lower, colours) : "";
    }
    return colour(FRONT, upper, colours) + (visible(lower) ? colour(BEHIND, lower, colours) : "");
  }

  private static boolean visible(Colour colour) {
    return colour.alpha() >= 128;
  }

  private static String colour(int ground, Colour colour, ColourDepth colours) {
    int red = colour.red();
    int green = colour.green();
    int blue = colour.blue();
    return "\033["
        + ground
        + (colours == ColourDepth.TRUE
            ? ";2;" + red + ";" + green + ";" + blue
            : ";5;" + xterm(red, green, blue))
        + "m";
  }

  /** The nearest of xterm's 6 x 6 x 6 colours and 24 greys. */
  private static int xterm(int red, int green, int blue) {
    int cubeRed = level(red);
    int cubeGreen = level(green);
    int cubeBlue = level(blue);
    int grey = Math.clamp(Math.round(((red + green + blue) / 3f - 8) / 10), 0, 23);
    int greyValue = 8 + 10 * grey;
    int toCube =
        square(red - value(cubeRed))
            + square(green - value(cubeGreen))
            + square(blue - value(cubeBlue));
    int toGrey = square(red - greyValue) + square(green - greyValue) + square(blue - greyValue);
    return toGrey < toCube
        ? GREYS_START + grey
        : CUBE_START + 36 * cubeRed + 6 * cubeGreen + cubeBlue;
  }

  /** The cube's levels are 0, 95, 135, 175, 215 and 255. */
  private static int value(int level) {
    return level == 0 ? 0 : 55 + 40 * level;
  }

  private static int level(int value) {
    return value < 48 ? 0 : Math.max(1, Math.round((value - 55) / 40f));
  }

  private static int square(int difference) {
    return difference * difference;
  }
}
