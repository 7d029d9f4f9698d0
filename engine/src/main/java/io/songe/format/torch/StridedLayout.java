package io.songe.format.torch;

import io.songe.tensor.Shape;
import java.util.Arrays;

/**
 * Where the elements of a tensor lie in a storage, in units of elements: that of index {@code [i,
 * j, ...]} at {@code offset + i * strides[0] + j * strides[1] + ...}.
 *
 * @param shape the extents, outermost first
 * @param offset the first element's place
 * @param strides one for each extent, none negative
 */
record StridedLayout(Shape shape, long offset, long[] strides) {
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

  @Override
  public boolean equals(Object other) {
    return other instanceof StridedLayout layout
        && shape.equals(layout.shape)
        && offset == layout.offset
        && Arrays.equals(strides, layout.strides);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * shape.hashCode() + Long.hashCode(offset)) + Arrays.hashCode(strides);
  }
}
