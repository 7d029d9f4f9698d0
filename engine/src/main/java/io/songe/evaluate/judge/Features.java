package io.songe.evaluate.judge;

import java.util.Arrays;

/** Numbers that a picture or a phrase is known by; immutable. */
public final class Features {
  private final float[] values;

  private Features(float[] values) {
    this.values = values;
  }

  /**
   * Features of their numbers.
   *
   * @param values copied
   * @return the features
   */
  public static Features of(float... values) {
    return new Features(values.clone());
  }

  /** One row of several. */
  static Features row(float[] all, int width, int row) {
    return new Features(Arrays.copyOfRange(all, row * width, (row + 1) * width));
  }

  /** {@return how many numbers there are} */
  public int size() {
    return values.length;
  }

  /**
   * {@return one of the numbers}
   *
   * @param index which, from 0
   */
  public float at(int index) {
    return values[index];
  }

  /**
   * {@return the cosine between two features of length 1, from -1 to 1}
   *
   * @param other as many numbers
   */
  public double cosine(Features other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * other.values[i];
    }
    return sum;
  }

  /**
   * {@return how far two features are from each other: the root of their mean squared difference}
   *
   * @param other as many numbers
   */
  public double distance(Features other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double apart = values[i] - other.values[i];
      sum += apart * apart;
    }
    return Math.sqrt(sum / values.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Features features && Arrays.equals(values, features.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values.length + " features";
  }
}
