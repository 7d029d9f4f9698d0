package io.songe.evaluate.judge;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Simple figures in simple styles, for tests. */
public final class TestDrawings {
  private static final int SIDE = 48;

  /** A style: its name, its colour, and what it fills. */
  private record Style(String name, int rgb, Fill fill) {}

  @FunctionalInterface
  private interface Fill {
    boolean of(int x, int y, double depth);
  }

  @FunctionalInterface
  private interface Figure {
    /** Above 0 inside, in parts of half the side. */
    double depth(double x, double y);
  }

  private record Named(String english, String french, Figure figure) {}

  private static final List<Style> STYLES =
      List.of(
          new Style("flat", 0x3060c0, (x, y, depth) -> true),
          new Style("outline", 0x101010, (x, y, depth) -> depth < .22),
          new Style("striped", 0xc03030, (x, y, depth) -> y % 4 < 3),
          new Style("light", 0x80c090, (x, y, depth) -> true),
          new Style("dotted", 0x806020, (x, y, depth) -> x % 3 > 0 || y % 3 > 0));

  private static final List<Named> FIGURES =
      List.of(
          new Named("disc", "disque", (x, y) -> .8 - Math.hypot(x, y)),
          new Named("square", "carré", (x, y) -> .75 - Math.max(Math.abs(x), Math.abs(y))),
          new Named("diamond", "losange", (x, y) -> (.9 - Math.abs(x) - Math.abs(y)) * .7),
          new Named("cross", "croix", (x, y) -> .3 - Math.min(Math.abs(x), Math.abs(y))),
          new Named("bar", "barre", (x, y) -> .3 - Math.abs(y)),
          new Named("post", "poteau", (x, y) -> .3 - Math.abs(x)),
          new Named("ring", "anneau", (x, y) -> .25 - Math.abs(.6 - Math.hypot(x, y))),
          new Named("roof", "toit", (x, y) -> Math.min(y + .5 - Math.abs(x), .6 - y) * .7),
          new Named("cup", "tasse", (x, y) -> Math.min(.7 - Math.hypot(x, y), y + .05)),
          new Named(
              "moon",
              "lune",
              (x, y) -> Math.min(.85 - Math.hypot(x, y), Math.hypot(x - .4, y) - .55)));

  private TestDrawings() {}

  /** {@return ten figures in five styles, each twice in its place: 50 drawings} */
  public static Material material() {
    List<Drawing> drawings = new ArrayList<>();
    List<Image> pictures = new ArrayList<>();
    for (Style style : STYLES) {
      for (int i = 0; i < FIGURES.size(); i++) {
        Named named = FIGURES.get(i);
        drawings.add(
            new Drawing(
                style.name + "/" + named.english,
                "F" + i,
                style.name,
                "figures",
                Map.of(
                    Language.ENGLISH, new Caption(named.english, List.of("figure")),
                    Language.FRENCH, new Caption(named.french, List.of("figure"))),
                "CC0-1.0",
                "test"));
        pictures.add(draw(style, named.figure));
      }
    }
    return new Material(drawings, pictures::get, "0".repeat(64));
  }

  private static Image draw(Style style, Figure figure) {
    byte[] rgba = new byte[4 * SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double depth = figure.depth(2.0 * x / (SIDE - 1) - 1, 2.0 * y / (SIDE - 1) - 1);
        if (depth > 0 && style.fill.of(x, y, depth)) {
          int at = 4 * (y * SIDE + x);
          rgba[at] = (byte) (style.rgb >> 16);
          rgba[at + 1] = (byte) (style.rgb >> 8);
          rgba[at + 2] = (byte) style.rgb;
          rgba[at + 3] = -1;
        }
      }
    }
    return Image.of(SIDE, SIDE, rgba);
  }
}
