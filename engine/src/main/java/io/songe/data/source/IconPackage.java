package io.songe.data.source;

import io.songe.file.FileLabel;
import io.songe.format.StrictJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * A package of vector drawings in one JSON file, as Iconify publishes them.
 *
 * @param drawings SVG texts by name, in the order of the file
 * @param codes which emoji a drawing shows, by the drawing's name, where the package says so
 * @param aliases other names that mean the very same drawing as the name that they lead to
 */
record IconPackage(
    SequencedMap<String, String> drawings,
    SequencedMap<String, String> codes,
    SequencedMap<String, String> aliases) {
  private static final int USUAL_SIZE = 16;

  static boolean isWanted(String path) {
    return path.equals("icons.json") || path.equals("chars.json");
  }

  static IconPackage of(SortedMap<String, byte[]> files, FileLabel label) {
    byte[] icons = files.get("icons.json");
    if (icons == null) {
      throw label.broken("has no icons.json; is it another version?");
    }
    JsonNode root = StrictJson.parse(icons, label);
    SequencedMap<String, String> drawings = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> icon : root.path("icons").properties()) {
      if (!icon.getValue().path("hidden").asBoolean(false)) {
        drawings.put(icon.getKey(), svg(root, icon.getValue()));
      }
    }
    SequencedMap<String, String> aliases = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> alias : root.path("aliases").properties()) {
      if (alias.getValue().size() == 1) { // others turn or mirror the drawing
        aliases.put(alias.getKey(), alias.getValue().path("parent").asString());
      }
    }
    SequencedMap<String, String> codes = new LinkedHashMap<>();
    byte[] chars = files.get("chars.json");
    if (chars != null) {
      for (Map.Entry<String, JsonNode> one : StrictJson.parse(chars, label).properties()) {
        codes.putIfAbsent(one.getValue().asString(), EmojiCaptions.code(one.getKey()));
      }
    }
    return new IconPackage(drawings, codes, aliases);
  }

  private static String svg(JsonNode root, JsonNode icon) {
    String width = number(root, icon, "width", USUAL_SIZE);
    String height = number(root, icon, "height", USUAL_SIZE);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\""
        + " xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%s\" height=\"%s\""
            .formatted(width, height)
        + " viewBox=\"%s %s %s %s\">"
            .formatted(number(root, icon, "left", 0), number(root, icon, "top", 0), width, height)
        + icon.path("body").asString()
        + "</svg>";
  }

  private static String number(JsonNode root, JsonNode icon, String key, int otherwise) {
    JsonNode found = icon.has(key) ? icon.path(key) : root.path(key);
    return found.isNumber() ? found.asString() : String.valueOf(otherwise);
  }
}
