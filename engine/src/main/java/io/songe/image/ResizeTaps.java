package io.songe.image;

/** The old positions along one side that make one new position, and how much each counts. */
final class ResizeTaps {
  private final int first;
  private final float[] weights;

  private ResizeTaps(int first, float[] weights) {
    this.first = first;
    this.weights = weights;
  }

  /** {@return the first old position} */
  int first() {
    return first;
  }

  /** {@return the weights of that position and those after it, only to be read; their sum is 1} */
  float[] weights() {
    return weights;
  }

  /** One element for each new position along a side that goes from one size to another. */
  static ResizeTaps[] along(int size, int newSize, Resampling resampling) {
    double scale = (double) size / newSize;
    double widening = Math.max(scale, 1);
    ResizeTaps[] taps = new ResizeTaps[newSize];
    for (int position = 0; position < newSize; position++) {
      double centre = (position + 0.5) * scale;
      taps[position] = around(centre, widening, size, resampling);
    }
    return taps;
  }

  private static ResizeTaps around(
      double centre, double widening, int size, Resampling resampling) {
    double support = resampling.support() * widening;
    int first = Math.max(0, (int) (centre - support + 0.5));
    int end = Math.min(size, (int) (centre + support + 0.5));
    double[] weights = new double[end - first];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = resampling.weight((first + i + 0.5 - centre) / widening);
      sum += weights[i];
    }
    float[] normalised = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      normalised[i] = (float) (weights[i] / sum);
    }
    return new ResizeTaps(first, normalised);
  }
}
