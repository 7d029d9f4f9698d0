package io.songe.format.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The elements of a tensor in order, whatever their order in the storage. */
final class StridedCopy {
  private StridedCopy() {}

  /**
   * Brings elements in order.
   *
   * @param storage bytes that hold all of the layout's elements
   * @param width bytes of one element: 1, 2, 4 or 8
   * @return the elements row by row: a slice where they lie so, otherwise a copy
   */
  static MemorySegment inOrder(MemorySegment storage, StridedLayout layout, int width) {
    long length = layout.shape().elements() * width;
    if (layout.isContiguous()) {
      return length == 0 ? storage.asSlice(0, 0) : storage.asSlice(layout.offset() * width, length);
    }
    // Longs, so that a tensor may be made of the copy whatever its type.
    MemorySegment copy =
        MemorySegment.ofArray(new long[Math.toIntExact(Math.ceilDiv(length, Long.BYTES))])
            .asSlice(0, length);
    new Copying(storage, layout, width, copy).dimension(0, layout.offset(), 0);
    return copy;
  }

  private record Copying(
      MemorySegment storage, StridedLayout layout, int width, MemorySegment target) {
    /** Copies all below one index of the outer dimensions; gives the next place in the target. */
    long dimension(int dimension, long from, long to) {
      long extent = layout.shape().dim(dimension);
      long stride = layout.stride(dimension);
      if (dimension == layout.shape().rank() - 1) {
        row(from, stride, extent, to);
        return to + extent;
      }
      long next = to;
      for (long i = 0; i < extent; i++) {
        next = dimension(dimension + 1, from + i * stride, next);
      }
      return next;
    }

    private void row(long from, long stride, long count, long to) {
      switch (width) {
        case 1 -> {
          for (long i = 0; i < count; i++) {
            byte value = storage.get(ValueLayout.JAVA_BYTE, from + i * stride);
            target.set(ValueLayout.JAVA_BYTE, to + i, value);
          }
        }
        case 2 -> {
          for (long i = 0; i < count; i++) {
            short value = storage.get(ValueLayout.JAVA_SHORT_UNALIGNED, (from + i * stride) * 2);
            target.set(ValueLayout.JAVA_SHORT_UNALIGNED, (to + i) * 2, value);
          }
        }
        case 4 -> {
          for (long i = 0; i < count; i++) {
            int value = storage.get(ValueLayout.JAVA_INT_UNALIGNED, (from + i * stride) * 4);
            target.set(ValueLayout.JAVA_INT_UNALIGNED, (to + i) * 4, value);
          }
        }
        default -> {
          for (long i = 0; i < count; i++) {
            long value = storage.get(ValueLayout.JAVA_LONG_UNALIGNED, (from + i * stride) * 8);
            target.set(ValueLayout.JAVA_LONG_UNALIGNED, (to + i) * 8, value);
          }
        }
      }
    }
  }
}
