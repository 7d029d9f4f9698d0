package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.format.JsonConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code songe.json}, our own file beside the published ones. */
final class ModelCardJson {
  private ModelCardJson() {}

  /**
   * Reads a card.
   *
   * @param file of the card
   * @return the card
   * @throws BrokenFileException if it cannot be understood
   */
  static ModelCard read(Path file) {
    JsonConfig json = JsonConfig.read(file);
    try {
      ModelCard card =
          new ModelCard(
              json.string("name"),
              json.string("licence"),
              styles(json),
              things(json),
              json.integer("side"),
              json.integer("steps"),
              json.number("guidance_scale"),
              json.number("guidance_rescale", 0),
              json.optionalString("weights_sha256"));
      json.refuseUnknown(Set.of());
      return card;
    } catch (IllegalArgumentException impossible) {
      throw json.label().refused(impossible);
    }
  }

  private static TaughtThings things(JsonConfig json) {
    return json.optionalObject("things")
        .map(names ->
            new TaughtThings(
                names.keys().stream()
                    .collect(Collectors.toMap(language -> language, names::strings))))
        .orElse(TaughtThings.UNSAID);
  }

  private static List<DrawingStyle> styles(JsonConfig json) {
    Optional<JsonConfig> phrases = json.optionalObject("style_phrases");
    List<String> names = json.strings("styles", List.of());
    if (phrases.isEmpty()) {
      if (!names.isEmpty()) {
        throw json.label().broken("has styles and no style_phrases to ask for them; add these");
      }
      return List.of();
    }
    Map<String, String> byLanguage =
        phrases.get().keys().stream()
            .collect(Collectors.toMap(language -> language, phrases.get()::string));
    return names.stream().map(name -> new DrawingStyle(name, byLanguage)).toList();
  }

  /**
   * Writes a card.
   *
   * @param card to write
   * @return its options
   * @throws EngineException if its styles are asked for in different phrases
   */
  static Map<String, Object> write(ModelCard card) {
    Map<String, Object> json = new TreeMap<>();
    json.put("name", card.name());
    json.put("licence", card.licence());
    json.put("side", card.side());
    json.put("steps", card.steps());
    json.put("guidance_scale", card.guidanceScale());
    if (card.guidanceRescale() != 0) {
      json.put("guidance_rescale", card.guidanceRescale());
    }
    card.weightsSha256().ifPresent(sha -> json.put("weights_sha256", sha));
    if (!card.styles().isEmpty()) {
      json.put("styles", card.styles().stream().map(DrawingStyle::name).toList());
      json.put("style_phrases", commonPhrases(card.styles()));
    }
    if (!card.things().equals(TaughtThings.UNSAID)) {
      json.put("things", card.things().names());
    }
    return json;
  }

  private static Map<String, String> commonPhrases(List<DrawingStyle> styles) {
    Map<String, String> phrases = styles.getFirst().phrases();
    if (styles.stream().anyMatch(style -> !style.phrases().equals(phrases))) {
      throw new EngineException(
          "the drawing styles of a model are all asked for in the same phrases, got " + styles);
    }
    return phrases;
  }
}
