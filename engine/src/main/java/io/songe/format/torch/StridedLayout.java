package io.songe.format.torch;

import io.songe.tensor.Shape;

/**
 * Where the elements of a tensor lie in a storage, in units of elements: that of index {@code [i,
 * j, ...]} at {@code offset + i * strides[0] + j * strides[1] + ...}.
 */
final class StridedLayout {
  private final Shape shape;
  private final long offset;
  private final long[] strides;

  /**
   * A layout.
   *
   * @param shape the extents, outermost first
   * @param offset the first element's place
   * @param strides one for each extent, none negative
   */
  StridedLayout(Shape shape, long offset, long[] strides) {
    this.shape = shape;
    this.offset = offset;
    this.strides = strides.clone();
  }

  Shape shape() {
    return shape;
  }

  long offset() {
    return offset;
  }

  /** {@return how far two neighbours along a dimension are apart} */
  long stride(int dimension) {
    return strides[dimension];
  }

  /** {@return whether the elements lie one after the other, as in a file of ours} */
  boolean isContiguous() {
    long expected = 1;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      if (shape.dim(d) != 1 && strides[d] != expected) {
        return shape.elements() == 0;
      }
      expected *= shape.dim(d);
    }
    return true;
  }

  /**
   * {@return the number of elements that a storage needs at least, 0 for a tensor of none}
   *
   * @throws ArithmeticException if that cannot be counted
   */
  long reach() {
    if (shape.elements() == 0) {
      return 0;
    }
    long last = offset;
    for (int d = 0; d < strides.length; d++) {
      last = Math.addExact(last, Math.multiplyExact(shape.dim(d) - 1, strides[d]));
    }
    return Math.addExact(last, 1);
  }
}
