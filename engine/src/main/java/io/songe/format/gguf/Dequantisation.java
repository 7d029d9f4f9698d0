package io.songe.format.gguf;

import io.songe.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/** Quantised tensors as numbers. */
public final class Dequantisation {
  /** Of 64 kilobytes as FLOAT32: they stay in a core's nearest cache. */
  private static final int CHUNK = 1 << 14;

  private static final int LOWER_HALF = 16;

  private Dequantisation() {}

  /**
   * Dequantises a tensor, several stretches of it at once.
   *
   * @param tensor of a quantised type
   * @param data its blocks
   * @param dtype FLOAT32, or BFLOAT16, to which numbers are rounded to the nearest, ties to even
   * @return its elements in order, on the heap
   */
  public static MemorySegment dequantise(GgufTensor tensor, MemorySegment data, DType dtype) {
    int elements = Math.toIntExact(tensor.shape().elements());
    int chunks = Math.ceilDiv(elements, CHUNK);
    return switch (dtype) {
      case FLOAT32 -> {
        float[] numbers = new float[elements];
        IntStream.range(0, chunks)
            .parallel()
            .forEach(chunk -> {
              int first = chunk * CHUNK;
              int count = Math.min(CHUNK, elements - first);
              decode(tensor.type(), data, first, count, numbers, first);
            });
        yield MemorySegment.ofArray(numbers);
      }
      case BFLOAT16 -> {
        short[] halves = new short[elements];
        IntStream.range(0, chunks)
            .parallel()
            .forEach(chunk -> {
              int first = chunk * CHUNK;
              int count = Math.min(CHUNK, elements - first);
              float[] numbers = new float[count];
              decode(tensor.type(), data, first, count, numbers, 0);
              round(numbers, halves, first);
            });
        yield MemorySegment.ofArray(halves);
      }
      case FLOAT64, FLOAT16, INT64, INT32, INT16, INT8, UINT8, BOOL ->
          throw new IllegalArgumentException(
              "weights are dequantised to FLOAT32 or BFLOAT16, not to " + dtype);
    };
  }

  private static void decode(
      GgufType type, MemorySegment data, int first, int count, float[] numbers, int to) {
    int blocks = count / type.blockElements();
    long from = (long) first / type.blockElements() * type.blockBytes();
    // Arrays are read several times faster than mapped memory.
    byte[] bytes = new byte[blocks * type.blockBytes()];
    MemorySegment.copy(data, ValueLayout.JAVA_BYTE, from, bytes, 0, bytes.length);
    BlockDecoder decoder = type.decoder();
    for (int block = 0; block < blocks; block++) {
      decoder.decode(bytes, block * type.blockBytes(), numbers, to + block * type.blockElements());
    }
  }

  private static void round(float[] numbers, short[] halves, int to) {
    for (int i = 0; i < numbers.length; i++) {
      int bits = Float.floatToRawIntBits(numbers[i]);
      int odd = (bits >>> LOWER_HALF) & 1;
      // Carried into the exponent of a number that is not one, rounding would make it infinite.
      int rounded = Float.isNaN(numbers[i]) ? bits | 0x40_0000 : bits + 0x7FFF + odd;
      halves[to + i] = (short) (rounded >>> LOWER_HALF);
    }
  }
}
