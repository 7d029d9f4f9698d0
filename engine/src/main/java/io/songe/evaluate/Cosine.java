package io.songe.evaluate;

/** The cosine of features of length 1. */
final class Cosine {
  private Cosine() {}

  /** From -1 to 1. */
  static double of(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
