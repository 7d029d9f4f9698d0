package io.songe.data.compose;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A small corpus: each thing a filled ellipse of its own colour and proportions. */
final class FakeDrawings {
  static final int SIDE = 64;

  /** Group, English and French label, and the colour of the drawing. */
  private static final List<String> THINGS =
      List.of(
          "animals-nature|fox|renard|d06020",
          "animals-nature|owl|chouette|805030",
          "animals-nature|black cat|chat noir|202020",
          "food-drink|red apple|pomme rouge|d02020",
          "food-drink|pear|poire|a0c040",
          "food-drink|grapes|raisin|6030a0",
          "objects|key|clé|d0b040",
          "objects|small bell|petite cloche|d0b060",
          "objects|umbrella|parapluie|5030a0",
          "travel-places|house|maison|c09060",
          "travel-places|three o’clock|trois heures|f0f0f0",
          "activities|kite|cerf-volant|20a0d0",
          "smileys-emotion|grinning face|visage rieur|f0c030",
          "people-body|woman|femme|e0b080",
          "symbols|left arrow|flèche gauche|3060d0",
          "flags|flag: France|drapeau : France|3030d0");

  private static final List<String> STYLES = List.of("flat", "3d");

  private final List<Drawing> drawings = new ArrayList<>();
  private final List<Image> pictures = new ArrayList<>();

  FakeDrawings() {
    for (String style : STYLES) {
      for (String thing : THINGS) {
        String[] parts = thing.split("[|]", -1);
        add(parts[0], style, parts[1], parts[2], Integer.parseInt(parts[3], 16));
      }
    }
  }

  List<Drawing> drawings() {
    return drawings;
  }

  Image picture(int position) {
    return pictures.get(position);
  }

  Subject subject(String english) {
    return drawings.stream()
        .filter(drawing -> label(drawing, Language.ENGLISH).equals(english))
        .findFirst()
        .map(drawing -> Subject.of(drawings.indexOf(drawing), drawing))
        .orElseThrow();
  }

  static String label(Drawing drawing, Language language) {
    return Objects.requireNonNull(drawing.captions().get(language)).label();
  }

  static Drawing drawing(String group, String style, String english, String french) {
    return new Drawing(
        style + "/" + english,
        english,
        style,
        group,
        Map.of(
            Language.ENGLISH, new Caption(english, List.of("thing", "drawn", "one")),
            Language.FRENCH, new Caption(french, List.of("chose", "dessinée", "une"))),
        "CC0-1.0",
        "");
  }

  /** An ellipse, with a black outline where it is wide enough, whose proportions vary. */
  static Image ellipse(int colour, double width, double height) {
    var rgba = new byte[4 * SIDE * SIDE];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double dx = (x + 0.5 - SIDE / 2.0) / (width * SIDE / 2);
        double dy = (y + 0.5 - SIDE / 2.0) / (height * SIDE / 2);
        if (dx * dx + dy * dy < 1) {
          int at = 4 * (y * SIDE + x);
          rgba[at] = (byte) (colour >> 16);
          rgba[at + 1] = (byte) (colour >> 8);
          rgba[at + 2] = (byte) colour;
          rgba[at + 3] = (byte) 255;
        }
      }
    }
    return Image.of(SIDE, SIDE, rgba);
  }

  private void add(String group, String style, String english, String french, int colour) {
    double wide = drawings.size() % 3 == 0 ? 0.6 : 0.9;
    drawings.add(drawing(group, style, english, french));
    pictures.add(ellipse(colour, wide, 0.8));
  }
}
