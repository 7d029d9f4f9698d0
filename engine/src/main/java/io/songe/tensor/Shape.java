package io.songe.tensor;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost first, for example {@code [batch, channels, height, width]}.
 * Immutable; a scalar has the empty shape.
 */
public final class Shape {
  private final long[] extents;

  private Shape(long[] extents) {
    this.extents = extents;
  }

  /**
   * A shape of the given extents.
   *
   * @param extents sizes of the dimensions, outermost first, none negative
   * @return the shape
   * @throws IllegalArgumentException if an extent is negative or the number of elements overflows
   */
  public static Shape of(long... extents) {
    long[] copy = extents.clone();
    long elements = 1;
    for (long extent : copy) {
      if (extent < 0) {
        throw new IllegalArgumentException(
            "a shape has no negative extents, got " + Arrays.toString(copy));
      }
      try {
        elements = Math.multiplyExact(elements, extent);
      } catch (ArithmeticException tooMany) {
        throw new IllegalArgumentException(
            "a shape of " + Arrays.toString(copy) + " has more elements than can be counted",
            tooMany);
      }
    }
    return new Shape(copy);
  }

  /** {@return the number of dimensions} */
  public int rank() {
    return extents.length;
  }

  /**
   * One extent.
   *
   * @param dimension from 0 (outermost), or negative to count from the innermost (-1)
   * @return the extent of that dimension
   */
  public long dim(int dimension) {
    return extents[dimension < 0 ? dimension + extents.length : dimension];
  }

  /** {@return the number of elements, 1 for a scalar} */
  public long elements() {
    long elements = 1;
    for (long extent : extents) {
      elements *= extent;
    }
    return elements;
  }

  /** {@return a copy of the extents} */
  public long[] toArray() {
    return extents.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  @Override
  public String toString() {
    return Arrays.toString(extents);
  }
}
