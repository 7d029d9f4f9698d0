package io.songe.image;

import io.songe.error.InvalidRequestException;
import java.util.Locale;

/**
 * A colour of the sRGB space with straight (not premultiplied) coverage.
 *
 * @param red 0..255
 * @param green 0..255
 * @param blue 0..255
 * @param alpha coverage, 0 (transparent) to 255 (opaque)
 */
public record Colour(int red, int green, int blue, int alpha) {
  /** Opaque white: what a model with a coverage plane composites its colours on. */
  public static final Colour WHITE = new Colour(255, 255, 255, 255);

  /** Opaque black. */
  public static final Colour BLACK = new Colour(0, 0, 0, 255);

  /** No coverage at all. */
  public static final Colour TRANSPARENT = new Colour(0, 0, 0, 0);

  /** Checks the ranges. */
  public Colour {
    checkLevel("red", red);
    checkLevel("green", green);
    checkLevel("blue", blue);
    checkLevel("alpha", alpha);
  }

  /**
   * An opaque colour.
   *
   * @param red 0..255
   * @param green 0..255
   * @param blue 0..255
   * @return the colour
   */
  public static Colour opaque(int red, int green, int blue) {
    return new Colour(red, green, blue, 255);
  }

  /**
   * Reads a colour as a person writes it: {@code #rgb}, {@code #rrggbb}, {@code #rrggbbaa}, {@code
   * transparent}, or a common CSS name, in English or in French ({@code white}, {@code blanc}).
   * Case is ignored, and so are spaces, hyphens and underscores within a name ({@code sky blue}).
   *
   * @param text the colour's notation or name
   * @return the colour
   * @throws InvalidRequestException if the text is none of these
   */
  public static Colour parse(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    if (wanted.startsWith("#")) {
      return parseHexadecimal(text, wanted.substring(1));
    }
    return ColourNames.find(wanted.replaceAll("[ _-]", "")).orElseThrow(() -> unknown(text));
  }

  private static Colour parseHexadecimal(String text, String digits) {
    if (!digits.chars().allMatch(Colour::isHexadecimal)) {
      throw unknown(text);
    }
    return switch (digits.length()) {
      case 3 -> opaque(17 * hex(digits, 0, 1), 17 * hex(digits, 1, 2), 17 * hex(digits, 2, 3));
      case 6 -> opaque(hex(digits, 0, 2), hex(digits, 2, 4), hex(digits, 4, 6));
      case 8 ->
          new Colour(hex(digits, 0, 2), hex(digits, 2, 4), hex(digits, 4, 6), hex(digits, 6, 8));
      default -> throw unknown(text);
    };
  }

  private static boolean isHexadecimal(int character) {
    return character < 128 && Character.digit(character, 16) >= 0;
  }

  private static int hex(String digits, int begin, int end) {
    return Integer.parseInt(digits, begin, end, 16);
  }

  private static InvalidRequestException unknown(String text) {
    return new InvalidRequestException(
        "\""
            + text
            + "\" is not a known colour; write #rrggbb, #rgb, transparent, or a name such as white,"
            + " black, red, sky blue (or blanc, noir, rouge, bleu ciel)");
  }

  private static void checkLevel(String name, int level) {
    if (level < 0 || level > 255) {
      throw new InvalidRequestException("a colour's " + name + " goes from 0 to 255, got " + level);
    }
  }

  /** {@return the colour as {@code #rrggbb}, or {@code #rrggbbaa} if it is not opaque} */
  @Override
  public String toString() {
    return alpha == 255
        ? String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue)
        : String.format(Locale.ROOT, "#%02x%02x%02x%02x", red, green, blue, alpha);
  }
}
