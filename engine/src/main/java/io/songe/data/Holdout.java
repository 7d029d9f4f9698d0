package io.songe.data;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which drawings are learned from, and which are kept aside to judge what was learned. One concept
 * in 40 is kept aside in all its styles; and of concepts that are drawn in at least five styles,
 * about one (concept, style) pair in 33, so that it can be asked whether a known thing is drawn in
 * a known style in which it was never seen. The same drawings give the same division, whatever
 * their order.
 */
public final class Holdout {
  private static final int CONCEPTS = 40;
  private static final int PAIRS = 33;
  private static final int MANY_STYLES = 5;

  /** What a drawing is for. */
  public enum Part {
    /** It is learned from. */
    TRAINING,
    /** Its concept is never seen in training. */
    UNSEEN_CONCEPT,
    /** Its concept is seen in other styles, and its style with other concepts. */
    UNSEEN_PAIR
  }

  private final List<Part> parts;

  private Holdout(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Divides drawings.
   *
   * @param drawings of one corpus
   * @return the division, by the positions in the list
   */
  public static Holdout of(List<Drawing> drawings) {
    Map<String, Integer> styles = new HashMap<>();
    drawings.forEach(drawing -> styles.merge(drawing.concept(), 1, Integer::sum));
    List<String> concepts = styles.keySet().stream().sorted().toList();
    Set<String> unseen = new HashSet<>();
    for (int i = 0; i < concepts.size(); i += CONCEPTS) {
      unseen.add(concepts.get(i));
    }
    return new Holdout(
        drawings.stream()
            .map(drawing -> {
              if (unseen.contains(drawing.concept())) {
                return Part.UNSEEN_CONCEPT;
              }
              boolean drawnOften = styles.getOrDefault(drawing.concept(), 0) >= MANY_STYLES;
              int sum = (drawing.concept() + drawing.style()).codePoints().sum();
              return drawnOften && sum % PAIRS == 0 ? Part.UNSEEN_PAIR : Part.TRAINING;
            })
            .toList());
  }

  /**
   * {@return what a drawing is for}
   *
   * @param drawing its position
   */
  public Part part(int drawing) {
    return parts.get(drawing);
  }

  /**
   * {@return the positions of all drawings of one part, in order}
   *
   * @param part which
   */
  public List<Integer> drawings(Part part) {
    return IntStream.range(0, parts.size()).filter(i -> parts.get(i) == part).boxed().toList();
  }
}
