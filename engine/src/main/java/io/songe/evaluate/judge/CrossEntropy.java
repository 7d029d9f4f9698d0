package io.songe.evaluate.judge;

import io.songe.tensor.Tensor;

/** How far what a network expects is from what is the case. */
final class CrossEntropy {
  private static final double SHARED = .1;

  private CrossEntropy() {}

  /**
   * The mean over rows of {@code -sum(t log softmax(x))}.
   *
   * @param logits x, [rows, choices]
   * @param targets t, [rows, choices], each row summing to 1
   * @return one number
   */
  static Tensor of(Tensor logits, Tensor targets) {
    Tensor shifted = logits.minus(logits.max(1));
    Tensor logProbabilities = shifted.minus(shifted.exp().sum(1).log());
    return logProbabilities.times(targets).sum().dividedBy((double) -logits.dim(0));
  }

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
