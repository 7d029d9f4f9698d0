package io.songe.data.source;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Simple shapes in four styles, drawn here: a corpus that needs no packages and is made in a
 * second, to try the whole way from drawings to a model.
 */
public final class ShapeDrawings {
  /** How many different shapes there are. */
  public static final int MOST = Shape.values().length;

  private ShapeDrawings() {}

  private enum Shape {
    CIRCLE("cercle", "round", "rond", "#d93025", "<circle cx='50' cy='50' r='44' %s/>"),
    SQUARE("carré", "box", "boîte", "#1a73e8", "<rect x='10' y='10' width='80' height='80' %s/>"),
    TRIANGLE("triangle", "three", "trois", "#188038", "<path d='M50 8L94 90H6Z' %s/>"),
    STAR(
        "étoile",
        "night",
        "nuit",
        "#f9ab00",
        "<path d='M50 5L61 38H96L68 58L79 92L50 71L21 92L32 58L4 38H39Z' %s/>"),
    HEART(
        "cœur",
        "love",
        "amour",
        "#d01884",
        "<path d='M50 92C10 60 6 44 6 32C6 8 40 4 50 28C60 4 94 8 94 32C94 44 90 60 50 92Z' %s/>"),
    CROSS(
        "croix",
        "plus",
        "plus",
        "#7b1fa2",
        "<path d='M38 8H62V38H92V62H62V92H38V62H8V38H38Z' %s/>"),
    DIAMOND("losange", "gem", "gemme", "#00acc1", "<path d='M50 4L86 50L50 96L14 50Z' %s/>"),
    MOON(
        "lune",
        "sky",
        "ciel",
        "#5c6bc0",
        "<path d='M66 8A44 44 0 1 0 92 66A36 36 0 1 1 66 8Z' %s/>"),
    ARROW("flèche", "right", "droite", "#6d4c41", "<path d='M6 36H52V12L94 50L52 88V64H6Z' %s/>"),
    DROP(
        "goutte",
        "water",
        "eau",
        "#26a69a",
        "<path d='M50 4C70 34 84 50 84 64A34 32 0 0 1 16 64C16 50 30 34 50 4Z' %s/>"),
    HEXAGON("hexagone", "six", "six", "#ef6c00", "<path d='M28 10H72L95 50L72 90H28L5 50Z' %s/>"),
    HOURGLASS(
        "sablier", "time", "temps", "#546e7a", "<path d='M12 6H88L58 50L88 94H12L42 50Z' %s/>");

    private final String french;
    private final String keyword;
    private final String frenchKeyword;
    private final String colour;
    private final String outline;

    Shape(String french, String keyword, String frenchKeyword, String colour, String outline) {
      this.french = french;
      this.keyword = keyword;
      this.frenchKeyword = frenchKeyword;
      this.colour = colour;
      this.outline = outline.replace('\'', '"');
    }

    private String english() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private enum Style {
    OUTLINE("", "fill='#ffffff' stroke='%s' stroke-width='6'"),
    FLAT("", "fill='%s'"),
    SOFT(
        "<defs><radialGradient id='g' cx='.35' cy='.3' r='.8'><stop stop-color='#ffffff'/>"
            + "<stop offset='1' stop-color='%s'/></radialGradient></defs>",
        "fill='url(#g)'"),
    STRIPED(
        "<defs><pattern id='g' width='16' height='16' patternUnits='userSpaceOnUse'>"
            + "<rect width='16' height='16' fill='#ffffff'/>"
            + "<rect width='16' height='9' fill='%s'/></pattern></defs>",
        "fill='url(#g)' stroke='#202124' stroke-width='3'");

    private final String definitions;
    private final String attributes;

    Style(String definitions, String attributes) {
      this.definitions = definitions.replace('\'', '"');
      this.attributes = attributes.replace('\'', '"');
    }

    private String draw(Shape shape) {
      String drawn = shape.outline.formatted(attributes.formatted(shape.colour));
      return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"100\" viewBox=\"0 0 100 100\">"
          + definitions.formatted(shape.colour)
          + drawn
          + "</svg>";
    }
  }

  /**
   * The drawings of some shapes in all styles.
   *
   * @param shapes how many, 1 to {@link #MOST}
   * @return four drawings a shape
   * @throws InvalidRequestException if there are not so many shapes
   */
  public static Originals of(int shapes) {
    if (shapes < 1 || shapes > MOST) {
      throw new InvalidRequestException(
          "there are 1 to %d shapes to draw, got %d".formatted(MOST, shapes));
    }
    List<Original> drawings = new ArrayList<>();
    for (Shape shape : Arrays.copyOf(Shape.values(), shapes)) {
      for (Style style : Style.values()) {
        drawings.add(new Original(drawing(shape, style), new Artwork.Vector(style.draw(shape))));
      }
    }
    return new Originals(
        drawings,
        List.of(),
        new TreeMap<>(Map.of("source", "shapes", "shapes", String.valueOf(shapes))),
        List.of());
  }

  private static Drawing drawing(Shape shape, Style style) {
    String styleName = style.name().toLowerCase(Locale.ROOT);
    return new Drawing(
        styleName + "/" + shape.english(),
        shape.english(),
        styleName,
        "objects",
        Map.of(
            Language.ENGLISH, new Caption(shape.english(), List.of("shape", shape.keyword)),
            Language.FRENCH, new Caption(shape.french, List.of("forme", shape.frenchKeyword))),
        "CC0-1.0",
        "Songe's shapes");
  }
}
