package io.songe.data.compose;

import io.songe.image.Colour;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The colours that compositions are given and captions name. They lie far enough apart that each is
 * told from the others by the mean colour of a drawing that was given it.
 */
public enum Tint {
  /** As a tomato. */
  RED("rouge", "rouge", "rouges", "rouges", 216, 44, 44),
  /** As the fruit; the word has no other forms in French. */
  ORANGE("orange", "orange", "orange", "orange", 243, 138, 28),
  /** As a lemon. */
  YELLOW("jaune", "jaune", "jaunes", "jaunes", 250, 212, 50),
  /** As grass. */
  GREEN("vert", "verte", "verts", "vertes", 66, 166, 72),
  /** Between green and blue. */
  TURQUOISE("turquoise", "turquoise", "turquoise", "turquoise", 48, 196, 196),
  /** As the sea. */
  BLUE("bleu", "bleue", "bleus", "bleues", 48, 112, 226),
  /** As amethyst. */
  PURPLE("violet", "violette", "violets", "violettes", 140, 78, 202),
  /** As a flamingo. */
  PINK("rose", "rose", "roses", "roses", 247, 142, 188),
  /** As wood; the word has no other forms in French. */
  BROWN("marron", "marron", "marron", "marron", 132, 84, 54),
  /** Nearly without light. */
  BLACK("noir", "noire", "noirs", "noires", 36, 36, 42),
  /** Half way between black and white. */
  GREY("gris", "grise", "gris", "grises", 146, 148, 152),
  /** All the light there is: for backgrounds, as a white drawing is not seen on white. */
  WHITE("blanc", "blanche", "blancs", "blanches", 255, 255, 255);

  private final String masculine;
  private final String feminine;
  private final String masculinePlural;
  private final String femininePlural;
  private final int red;
  private final int green;
  private final int blue;

  Tint(
      String masculine,
      String feminine,
      String masculinePlural,
      String femininePlural,
      int red,
      int green,
      int blue) {
    this.masculine = masculine;
    this.feminine = feminine;
    this.masculinePlural = masculinePlural;
    this.femininePlural = femininePlural;
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  /** {@return its name in English, by which {@link Composition#tint()} tells it} */
  public String english() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return its name in French, in the masculine} */
  public String french() {
    return masculine;
  }

  /** {@return the colour itself, opaque} */
  public Colour colour() {
    return Colour.opaque(red, green, blue);
  }

  /**
   * Finds a tint.
   *
   * @param english its English name
   * @return the tint; empty if none has the name
   */
  public static Optional<Tint> named(String english) {
    return Arrays.stream(values()).filter(tint -> tint.english().equals(english)).findFirst();
  }

  /**
   * The tint that a colour is nearest to, by the distance of their red, green and blue weighted as
   * the eye does ("redmean").
   *
   * @param colour any; its coverage does not count
   * @return the nearest tint
   */
  public static Tint nearest(Colour colour) {
    Tint nearest = RED;
    for (Tint tint : values()) {
      if (distance(colour, tint.colour()) < distance(colour, nearest.colour())) {
        nearest = tint;
      }
    }
    return nearest;
  }

  /** The squared distance of two colours, at most some 585,000. */
  static double distance(Colour a, Colour b) {
    double redmean = (a.red() + b.red()) / 512.0;
    double red = a.red() - b.red();
    double green = a.green() - b.green();
    double blue = a.blue() - b.blue();
    return (2 + redmean) * red * red + 4 * green * green + (3 - redmean) * blue * blue;
  }

  /** {@return the colour in shadow} */
  Colour shade() {
    return switch (this) {
      // Darker yellow and orange look green and grey, unless they are redder as well.
      case YELLOW -> Colour.opaque(150, 92, 6);
      case ORANGE -> Colour.opaque(128, 52, 4);
      case GREY -> Colour.opaque(38, 39, 42);
      case WHITE -> Colour.opaque(170, 172, 176);
      default -> Colours.between(colour(), Colour.BLACK, 0.74);
    };
  }

  /** {@return the colour in light} */
  Colour highlight() {
    return Colours.between(colour(), Colour.WHITE, this == BLACK ? 0.42 : 0.72);
  }

  /** {@return the French adjective that agrees with a noun} */
  String agreeing(FrenchNoun.Gender gender) {
    return switch (gender) {
      case MASCULINE -> masculine;
      case FEMININE -> feminine;
      case MASCULINE_PLURAL -> masculinePlural;
      case FEMININE_PLURAL -> femininePlural;
    };
  }
}
