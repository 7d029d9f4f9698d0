package io.songe.evaluate;

import java.util.OptionalDouble;

/** A mean that grows with what is added; empty as long as nothing was. */
final class Mean {
  private double sum;
  private int count;

  void add(double value) {
    sum += value;
    count++;
  }

  void add(boolean right) {
    add(right ? 1 : 0);
  }

  OptionalDouble value() {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  int count() {
    return count;
  }
}
