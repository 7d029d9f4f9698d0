package io.songe.data;

import java.util.List;

/**
 * What a drawing shows, in one language.
 *
 * @param label a short name without an article, such as {@code red apple}; not blank
 * @param keywords further words for it, perhaps none
 */
public record Caption(String label, List<String> keywords) {
  /** A caption with its list copied. */
  public Caption {
    if (label.isBlank()) {
      throw new IllegalArgumentException("a caption's label is not blank");
    }
    keywords = List.copyOf(keywords);
  }
}
