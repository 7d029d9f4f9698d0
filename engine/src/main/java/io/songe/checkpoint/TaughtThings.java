package io.songe.checkpoint;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model was taught to draw, by name. A small model knows few things, and draws one of them,
 * or a blot, where it is asked for another: with this, one can say so.
 */
public final class TaughtThings {
  /** Of a model that does not say what it was taught. */
  public static final TaughtThings UNSAID = new TaughtThings(Map.of());

  private final Map<String, List<String>> names;

  /** Made when it is first asked for: most commands never ask. */
  private volatile @Nullable NameIndex index;

  /**
   * Things by their names.
   *
   * @param names by the code of their language, such as {@code en}: short, without an article, such
   *     as {@code red apple}
   */
  public TaughtThings(Map<String, List<String>> names) {
    Map<String, List<String>> copy = new TreeMap<>();
    names.forEach((language, each) -> copy.put(language, List.copyOf(each)));
    this.names = Collections.unmodifiableMap(copy);
  }

  /** {@return the names, by the code of their language} */
  public Map<String, List<String>> names() {
    return names;
  }

  /** {@return the names in a language; none if the model does not say them} */
  public List<String> names(Locale language) {
    return names.getOrDefault(language.getLanguage(), List.of());
  }

  /**
   * {@return whether a phrase may name one of them} It may if it has half of the words of a name or
   * more, in the singular or the plural, with accents or without. Always true of a model that does
   * not say what it was taught, and of a phrase that names nothing at all.
   *
   * @param phrase in any language
   */
  public boolean mayBeNamedIn(String phrase) {
    return names.isEmpty() || index().mayBeNamedIn(phrase);
  }

  private NameIndex index() {
    NameIndex made = index;
    if (made == null) {
      made = new NameIndex(names.values());
      index = made;
    }
    return made;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaughtThings things && names.equals(things.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
