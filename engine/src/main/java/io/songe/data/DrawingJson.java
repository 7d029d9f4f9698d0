package io.songe.data;

import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A {@link Drawing} as the text that lies beside its picture. */
public final class DrawingJson {
  private DrawingJson() {}

  /**
   * Writes a drawing.
   *
   * @param drawing any
   * @return a JSON text in UTF-8, the same for the same drawing
   */
  public static byte[] bytes(Drawing drawing) {
    Map<String, Object> captions = new TreeMap<>();
    drawing
        .captions()
        .forEach((language, caption) ->
            captions.put(
                language.code(), Map.of("label", caption.label(), "keywords", caption.keywords())));
    return JsonConfigWriter.bytes(
        Map.of(
            "key", drawing.key(),
            "concept", drawing.concept(),
            "style", drawing.style(),
            "group", drawing.group(),
            "captions", captions,
            "licence", drawing.licence(),
            "source", drawing.source()));
  }

  /**
   * Reads a drawing.
   *
   * @param name how messages call the text
   * @param bytes a JSON text in UTF-8
   * @return the drawing
   * @throws io.songe.error.BrokenFileException if something is missing in it or is of another type
   */
  static Drawing read(String name, byte[] bytes) {
    JsonConfig json = JsonConfig.parse(name, new String(bytes, StandardCharsets.UTF_8));
    JsonConfig captions = json.object("captions");
    Map<Language, Caption> read = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      captions
          .optionalObject(language.code())
          .ifPresent(caption -> read.put(language, caption(caption)));
    }
    captions.refuseUnknown(Set.of());
    if (read.isEmpty()) {
      throw json.label().broken("has no caption; build the corpus anew");
    }
    return new Drawing(
        json.string("key"),
        json.string("concept"),
        json.string("style"),
        json.string("group"),
        read,
        json.string("licence"),
        json.string("source"));
  }

  private static Caption caption(JsonConfig json) {
    String label = json.string("label");
    List<String> keywords = json.strings("keywords");
    if (label.isBlank()) {
      throw json.label().broken("has a blank caption; build the corpus anew");
    }
    return new Caption(label, keywords);
  }
}
