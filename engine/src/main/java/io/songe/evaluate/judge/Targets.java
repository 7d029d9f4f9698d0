package io.songe.evaluate.judge;

import io.songe.tensor.Tensor;

/** What a network should expect: how likely each choice is, in each row. */
final class Targets {
  private static final double SHARED = .1;

  private Targets() {}

  /** Rows with a 1 at each choice, [choices.length, count]. */
  static Tensor certain(int[] choices, int count) {
    float[] values = new float[choices.length * count];
    for (int i = 0; i < choices.length; i++) {
      values[i * count + choices[i]] = 1;
    }
    return Tensor.of(values, choices.length, count);
  }

  /** The same, with a part of the 1 shared among all choices (Szegedy et al. 2016, section 7). */
  static Tensor nearlyCertain(int[] choices, int count) {
    return certain(choices, count).times(1 - SHARED).plus(SHARED / count);
  }

  /** Rows in which all equal choices share the 1, [choices.length, choices.length]. */
  static Tensor shared(int[] choices) {
    int n = choices.length;
    float[] values = new float[n * n];
    for (int i = 0; i < n; i++) {
      int equal = 0;
      for (int other : choices) {
        equal += other == choices[i] ? 1 : 0;
      }
      for (int j = 0; j < n; j++) {
        values[i * n + j] = choices[j] == choices[i] ? 1f / equal : 0;
      }
    }
    return Tensor.of(values, n, n);
  }
}
