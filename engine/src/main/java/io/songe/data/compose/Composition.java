package io.songe.data.compose;

import io.songe.data.Language;
import io.songe.image.Image;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A picture put together from drawings, and what may truly be said of it.
 *
 * @param kind how it was made
 * @param image the picture, with straight coverage, of the corpus's side
 * @param drawings the positions of the drawings it shows, in the corpus; at least one
 * @param tint the English name of the colour in {@link Tint} that a subject or the background was
 *     given; empty if none
 * @param languages in which all that it shows has names; at least one
 * @param words gives one of the many captions of it in one of the languages, chosen by a number
 */
public record Composition(
    Kind kind,
    Image image,
    List<Integer> drawings,
    String tint,
    Set<Language> languages,
    BiFunction<Language, Long, String> words) {
  /** How a picture was made. */
  public enum Kind {
    /** One drawing as it is, perhaps mirrored. */
    PLAIN,
    /** One drawing in another colour, which the caption names. */
    RECOLOURED,
    /** One drawing on a coloured or patterned ground. */
    BACKGROUND,
    /** One drawing, small, somewhere. */
    SMALL,
    /** Several of one drawing, which the caption counts. */
    COUNTED,
    /** Two or three drawings beside, above, or in front of each other. */
    RELATED
  }

  /** A composition with its list and its set copied. */
  public Composition {
    drawings = List.copyOf(drawings);
    languages = Set.copyOf(languages);
  }

  /**
   * One of its captions.
   *
   * @param language in which it is worded, if it is among {@link #languages()}; else it is worded
   *     in one that is
   * @param choice any number: the same number, the same caption
   * @return a caption that is true
   */
  public String caption(Language language, long choice) {
    return words.apply(language, choice);
  }
}
