package io.songe.image;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The colour names people use most, with the values CSS gives them. A word that both languages have
 * with different meanings ({@code violet}) keeps its CSS meaning.
 */
final class ColourNames {
  private static final Map<String, Colour> NAMES = names();

  private ColourNames() {}

  /**
   * Looks a name up.
   *
   * @param name in lower case, without spaces or hyphens
   * @return its colour, if the name is known
   */
  static Optional<Colour> find(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  private static Map<String, Colour> names() {
    Map<String, Colour> names = new HashMap<>();
    names.put("transparent", Colour.TRANSPARENT);
    names.put("transparente", Colour.TRANSPARENT);
    add(names, 0xffffff, "white", "blanc", "blanche");
    add(names, 0x000000, "black", "noir", "noire");
    add(names, 0x808080, "gray", "grey", "gris", "grise");
    add(names, 0xd3d3d3, "lightgray", "lightgrey", "grisclair");
    add(names, 0xa9a9a9, "darkgray", "darkgrey", "grisfoncé");
    add(names, 0xc0c0c0, "silver", "argent", "argenté");
    add(names, 0xff0000, "red", "rouge");
    add(names, 0x8b0000, "darkred", "rougefoncé");
    add(names, 0x800000, "maroon", "bordeaux");
    add(names, 0xff7f50, "coral", "corail");
    add(names, 0xfa8072, "salmon", "saumon");
    add(names, 0xffa500, "orange");
    add(names, 0xffd700, "gold", "or", "doré");
    add(names, 0xffff00, "yellow", "jaune");
    add(names, 0xfffff0, "ivory", "ivoire");
    add(names, 0xf5f5dc, "beige");
    add(names, 0xf0e68c, "khaki", "kaki");
    add(names, 0xa52a2a, "brown", "brun", "brune", "marron");
    add(names, 0x008000, "green", "vert", "verte");
    add(names, 0x90ee90, "lightgreen", "vertclair");
    add(names, 0x006400, "darkgreen", "vertfoncé");
    add(names, 0x00ff00, "lime", "citronvert");
    add(names, 0x808000, "olive");
    add(names, 0x008080, "teal", "sarcelle");
    add(names, 0x40e0d0, "turquoise");
    add(names, 0x00ffff, "cyan", "aqua");
    add(names, 0x0000ff, "blue", "bleu", "bleue");
    add(names, 0xadd8e6, "lightblue", "bleuclair");
    add(names, 0x00008b, "darkblue", "bleufoncé");
    add(names, 0x87ceeb, "skyblue", "bleuciel");
    add(names, 0x000080, "navy", "marine", "bleumarine");
    add(names, 0x4b0082, "indigo");
    add(names, 0x800080, "purple", "pourpre");
    add(names, 0xee82ee, "violet", "violette");
    add(names, 0xe6e6fa, "lavender", "lavande");
    add(names, 0xff00ff, "magenta", "fuchsia");
    add(names, 0xffc0cb, "pink", "rose");
    return Map.copyOf(names);
  }

  private static void add(Map<String, Colour> names, int rgb, String... spellings) {
    Colour colour = Colour.opaque(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
    for (String spelling : spellings) {
      names.put(spelling, colour);
    }
  }
}
