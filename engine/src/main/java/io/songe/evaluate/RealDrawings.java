package io.songe.evaluate;

import io.songe.data.Drawing;
import io.songe.evaluate.judge.JudgeDivision;
import io.songe.evaluate.judge.JudgedDrawings;
import io.songe.evaluate.judge.Opinion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the judge says of real drawings that it never saw: with what a model's pictures are to be
 * compared, since no judge is perfect.
 */
final class RealDrawings {
  private final JudgedDrawings judged;

  RealDrawings(JudgedDrawings judged) {
    this.judged = judged;
  }

  private JudgeDivision division() {
    return judged.division();
  }

  /** Whether a commission asks for a style that the judge never saw. */
  boolean hidden(Commission commission) {
    return division().hiddenStyles().contains(drawing(commission).style());
  }

  Drawing drawing(Commission commission) {
    return judged.drawings().get(commission.drawing());
  }

  /**
   * How often something holds of real drawings, in styles that are hidden from the judge as often
   * as those of what was delivered.
   *
   * @param holds of a drawing and what the judge says of it
   * @param like what was delivered
   */
  OptionalDouble part(Check holds, List<Delivery> like) {
    long hidden = like.stream().map(Delivery::commission).filter(this::hidden).count();
    OptionalDouble inHidden = part(division().unseenStyles(), holds);
    OptionalDouble inLearned = part(division().unseenPairs(), holds);
    double weight = like.isEmpty() ? 0 : (double) hidden / like.size();
    if ((weight > 0 && inHidden.isEmpty()) || (weight < 1 && inLearned.isEmpty())) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(weight * inHidden.orElse(0) + (1 - weight) * inLearned.orElse(0));
  }

  private OptionalDouble part(List<Integer> drawings, Check holds) {
    Mean mean = new Mean();
    drawings.forEach(i -> mean.add(holds.of(judged.drawings().get(i), judged.opinions().get(i))));
    return mean.value();
  }

  /** Something that may hold of a drawing. */
  @FunctionalInterface
  interface Check {
    boolean of(Drawing drawing, Opinion opinion);
  }

  /** Positions of all drawings that the judge never saw, but of known concepts. */
  List<Integer> unseen() {
    return Stream.of(division().unseenPairs(), division().unseenStyles())
        .<Integer>flatMap(List::stream)
        .sorted()
        .toList();
  }

  /** The drawings of each concept of some that are drawn at least twice, by position. */
  List<List<Integer>> groups(Set<String> concepts) {
    Map<String, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < judged.drawings().size(); i++) {
      String concept = judged.drawings().get(i).concept();
      if (concepts.contains(concept)) {
        groups.computeIfAbsent(concept, _ -> new ArrayList<>()).add(i);
      }
    }
    return groups.values().stream().filter(group -> group.size() > 1).toList();
  }
}
