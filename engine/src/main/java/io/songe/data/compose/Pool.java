package io.songe.data.compose;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Subjects to draw lots from, some more often than others. */
final class Pool {
  private final List<Subject> subjects;
  private final double[] sums;

  /**
   * A pool of the subjects whose weight is above 0.
   *
   * @param weight how often a subject is taken, beside others
   */
  Pool(List<Subject> candidates, ToDoubleFunction<Subject> weight) {
    subjects = candidates.stream().filter(subject -> weight.applyAsDouble(subject) > 0).toList();
    sums = new double[subjects.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += weight.applyAsDouble(subjects.get(i));
      sums[i] = sum;
    }
  }

  boolean isEmpty() {
    return subjects.isEmpty();
  }

  List<Subject> subjects() {
    return subjects;
  }

  /** {@return one of them; there is at least one} */
  Subject pick(Dice dice) {
    int place = Arrays.binarySearch(sums, dice.uniform() * sums[sums.length - 1]);
    return subjects.get(Math.min(place < 0 ? -1 - place : place + 1, sums.length - 1));
  }
}
