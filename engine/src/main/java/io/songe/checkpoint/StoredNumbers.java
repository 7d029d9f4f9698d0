package io.songe.checkpoint;

import io.songe.format.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The elements of a small tensor, without native code. */
final class StoredNumbers {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private StoredNumbers() {}

  /** The elements of a floating-point tensor; none of another. */
  static double[] of(StoredTensor tensor) {
    if (!tensor.dtype().isFloatingPoint()) {
      return new double[0];
    }
    double[] values = new double[Math.toIntExact(tensor.shape().elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(tensor, i);
    }
    return values;
  }

  private static double at(StoredTensor tensor, int index) {
    MemorySegment data = tensor.data();
    long offset = (long) index * tensor.dtype().bytes();
    return switch (tensor.dtype()) {
      case FLOAT16 -> Float.float16ToFloat(data.get(SHORT, offset));
      case BFLOAT16 -> Float.intBitsToFloat(data.get(SHORT, offset) << Short.SIZE);
      case FLOAT32 -> data.get(FLOAT, offset);
      case FLOAT64 -> data.get(DOUBLE, offset);
      default -> Double.NaN;
    };
  }
}
