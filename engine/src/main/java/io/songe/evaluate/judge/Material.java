package io.songe.evaluate.judge;

import io.songe.data.Corpus;
import io.songe.data.Drawing;
import io.songe.image.Image;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * The drawings of a corpus, as far as judging needs it.
 *
 * @param drawings what they show
 * @param pictures gives one by its position; the same each time
 * @param sha256 what the content is, or empty if nobody knows
 */
public record Material(List<Drawing> drawings, IntFunction<Image> pictures, String sha256) {
  /** Material with its list copied. */
  public Material {
    drawings = List.copyOf(drawings);
  }

  /**
   * {@return the drawings of an opened corpus}
   *
   * @param corpus open as long as the material is used
   */
  public static Material of(Corpus corpus) {
    return new Material(corpus.drawings(), corpus::picture, corpus.sha256());
  }

  /** {@return whether things are drawn more than once, so that they can be recognised again} */
  public boolean hasConcepts() {
    Set<String> concepts = new HashSet<>();
    return drawings.stream().anyMatch(drawing -> !concepts.add(drawing.concept()));
  }

  /** {@return whether there are at least two styles of drawing} */
  public boolean hasStyles() {
    return drawings.stream()
            .map(Drawing::style)
            .filter(style -> !style.isEmpty())
            .distinct()
            .count()
        > 1;
  }
}
