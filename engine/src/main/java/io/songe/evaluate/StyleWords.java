package io.songe.evaluate;

import io.songe.checkpoint.DrawingStyle;
import io.songe.data.Language;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How a model is asked for a style, in each language. */
final class StyleWords {
  private final Map<String, DrawingStyle> styles = new LinkedHashMap<>();

  StyleWords(List<DrawingStyle> styles) {
    styles.forEach(style -> this.styles.put(style.name(), style));
  }

  /** Whether the model was taught a style of a corpus by its name. */
  boolean knows(String style) {
    return styles.containsKey(style);
  }

  /** A phrase with a style, or as it is where the model does not know the style. */
  String phrase(String label, String style, Language language) {
    return Optional.ofNullable(styles.get(style))
        .map(known -> {
          String english = Objects.requireNonNull(known.phrases().get("en"), "checked when made");
          return known
              .phrases()
              .getOrDefault(language.code(), english)
              .replace("{style}", style)
              .replace("{prompt}", label);
        })
        .orElse(label);
  }
}
