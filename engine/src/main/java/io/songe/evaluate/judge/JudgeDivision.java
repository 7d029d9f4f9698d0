package io.songe.evaluate.judge;

import io.songe.data.Drawing;
import io.songe.data.Holdout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which drawings a judge learns from, and which it never sees, so that it does not judge by memory.
 * It learns nothing of what the {@link Holdout} keeps aside, and nothing at all in some styles: of
 * at least four, every third in the order of their sizes, beginning with the smallest, but no more
 * than a quarter of all.
 *
 * @param learned positions of the drawings it learns from
 * @param unseenPairs of drawings whose concept and style it learns, but not together
 * @param unseenStyles of drawings in styles that it never sees, of concepts that it learns
 * @param unseenConcepts of drawings of concepts that it never sees
 * @param concepts that it learns to name, sorted
 * @param styles that it learns to name, sorted; empty if there are not two
 * @param hiddenStyles that it never sees, sorted
 */
public record JudgeDivision(
    List<Integer> learned,
    List<Integer> unseenPairs,
    List<Integer> unseenStyles,
    List<Integer> unseenConcepts,
    List<String> concepts,
    List<String> styles,
    List<String> hiddenStyles) {
  private static final int EVERY = 3;
  private static final int PART = 4;

  /** A division with its lists copied. */
  public JudgeDivision {
    learned = List.copyOf(learned);
    unseenPairs = List.copyOf(unseenPairs);
    unseenStyles = List.copyOf(unseenStyles);
    unseenConcepts = List.copyOf(unseenConcepts);
    concepts = List.copyOf(concepts);
    styles = List.copyOf(styles);
    hiddenStyles = List.copyOf(hiddenStyles);
  }

  /**
   * Divides drawings. The same drawings are divided in the same way.
   *
   * @param drawings of one corpus
   * @return the division
   */
  public static JudgeDivision of(List<Drawing> drawings) {
    return of(drawings, hidden(drawings));
  }

  /**
   * Divides drawings for a judge whose hidden styles are known.
   *
   * @param drawings of one corpus
   * @param hiddenStyles that it never saw
   * @return the division
   */
  public static JudgeDivision of(List<Drawing> drawings, Set<String> hiddenStyles) {
    Holdout holdout = Holdout.of(drawings);
    Set<String> concepts = new TreeSet<>();
    Set<String> styles = new TreeSet<>();
    List<Integer> learned = new ArrayList<>();
    for (int i : holdout.drawings(Holdout.Part.TRAINING)) {
      Drawing drawing = drawings.get(i);
      if (!hiddenStyles.contains(drawing.style())) {
        learned.add(i);
        concepts.add(drawing.concept());
        styles.add(drawing.style());
      }
    }
    List<Integer> pairs = new ArrayList<>();
    List<Integer> inHiddenStyles = new ArrayList<>();
    for (int i = 0; i < drawings.size(); i++) {
      Drawing drawing = drawings.get(i);
      boolean known = concepts.contains(drawing.concept());
      if (known && hiddenStyles.contains(drawing.style())) {
        inHiddenStyles.add(i);
      } else if (known && holdout.part(i) == Holdout.Part.UNSEEN_PAIR) {
        pairs.add(i);
      }
    }
    return new JudgeDivision(
        learned,
        pairs,
        inHiddenStyles,
        holdout.drawings(Holdout.Part.UNSEEN_CONCEPT),
        List.copyOf(concepts),
        styles.size() < 2 ? List.of() : List.copyOf(styles),
        hiddenStyles.stream().sorted().toList());
  }

  private static Set<String> hidden(List<Drawing> drawings) {
    Map<String, Integer> sizes = new TreeMap<>();
    drawings.forEach(drawing -> sizes.merge(drawing.style(), 1, Integer::sum));
    List<String> bySize = sizes.keySet().stream().sorted(Comparator.comparing(sizes::get)).toList();
    Set<String> hidden = new HashSet<>();
    for (int i = 0; i < bySize.size() && hidden.size() < bySize.size() / PART; i += EVERY) {
      hidden.add(bySize.get(i));
    }
    return hidden;
  }
}
