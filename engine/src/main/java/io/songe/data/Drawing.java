package io.songe.data;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One picture of a corpus, without its pixels.
 *
 * @param key its name in the corpus, unique, such as {@code noto/1F98A}
 * @param concept what it shows, the same for drawings of one thing in different styles, such as
 *     {@code 1F98A}; for a picture that stands alone, its key
 * @param style how it is drawn, such as {@code noto}; empty where nothing is known of it
 * @param group the kind of thing, such as {@code animals-nature}; empty where nothing is known
 * @param captions in each language that it has one in; at least one
 * @param licence such as {@code Apache-2.0}; empty where the corpus is somebody's own
 * @param source where it is from, such as a package and its version
 */
public record Drawing(
    String key,
    String concept,
    String style,
    String group,
    Map<Language, Caption> captions,
    String licence,
    String source) {
  /** A drawing with its map copied. */
  public Drawing {
    if (captions.isEmpty()) {
      throw new IllegalArgumentException("drawing " + key + " has no caption");
    }
    captions = Collections.unmodifiableMap(new EnumMap<>(captions));
  }

  /**
   * {@return what it shows, in a language; empty where it has no caption in it}
   *
   * @param language which
   */
  public Optional<Caption> caption(Language language) {
    return Optional.ofNullable(captions.get(language));
  }
}
