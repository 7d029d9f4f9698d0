package io.songe.tensor;

/** The type of one element of a tensor. */
public enum DType {
  /** IEEE 754 binary64. */
  FLOAT64(8),
  /** IEEE 754 binary32: what the engine computes in unless told otherwise. */
  FLOAT32(4),
  /** IEEE 754 binary16: a storage format here; libtorch computes with it very slowly on a CPU. */
  FLOAT16(2),
  /** The upper half of a binary32: fast where the processor has bf16 instructions. */
  BFLOAT16(2),
  /** Signed 64-bit integer: indices. */
  INT64(8),
  /** Signed 32-bit integer. */
  INT32(4),
  /** Signed 16-bit integer. */
  INT16(2),
  /** Signed byte. */
  INT8(1),
  /** Unsigned byte. */
  UINT8(1),
  /** True or false, one byte each. */
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** {@return the size of one element in bytes} */
  public int bytes() {
    return bytes;
  }

  /** {@return whether elements are floating-point numbers} */
  public boolean isFloatingPoint() {
    return switch (this) {
      case FLOAT64, FLOAT32, FLOAT16, BFLOAT16 -> true;
      case INT64, INT32, INT16, INT8, UINT8, BOOL -> false;
    };
  }
}
