package io.songe.format.gguf;

import io.songe.error.EngineException;
import io.songe.tensor.DType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The types of tensors that are read, by their numbers in the file. The quantised ones hold their
 * elements in blocks, each with scales of its own; see the tables of the gguf package, which names
 * them so.
 */
public enum GgufType {
  /** IEEE 754 binary32. */
  F32(0, DType.FLOAT32),
  /** IEEE 754 binary16. */
  F16(1, DType.FLOAT16),
  /** The upper half of a binary32. */
  BF16(30, DType.BFLOAT16),
  /** IEEE 754 binary64. */
  F64(28, DType.FLOAT64),
  /** Signed byte. */
  I8(24, DType.INT8),
  /** Signed 16-bit integer. */
  I16(25, DType.INT16),
  /** Signed 32-bit integer. */
  I32(26, DType.INT32),
  /** Signed 64-bit integer. */
  I64(27, DType.INT64),
  /** Blocks of 32: 4 bits and a scale. */
  Q4_0(2, 32, 18),
  /** Blocks of 32: 4 bits, a scale and a minimum. */
  Q4_1(3, 32, 20),
  /** Blocks of 32: 5 bits and a scale. */
  Q5_0(6, 32, 22),
  /** Blocks of 32: 5 bits, a scale and a minimum. */
  Q5_1(7, 32, 24),
  /** Blocks of 32: 8 bits and a scale. */
  Q8_0(8, 32, 34),
  /** Blocks of 256: 2 bits, with scales and minima of 4 bits for each 16. */
  Q2_K(10, 256, 84),
  /** Blocks of 256: 3 bits, with scales of 6 bits for each 16. */
  Q3_K(11, 256, 110),
  /** Blocks of 256: 4 bits, with scales and minima of 6 bits for each 32. */
  Q4_K(12, 256, 144),
  /** Blocks of 256: 5 bits, with scales and minima of 6 bits for each 32. */
  Q5_K(13, 256, 176),
  /** Blocks of 256: 6 bits, with scales of 8 bits for each 16. */
  Q6_K(14, 256, 210);

  /** Types that exist and are not read, by their numbers. */
  private static final Map<Integer, String> OTHERS =
      Map.ofEntries(
          Map.entry(9, "Q8_1"),
          Map.entry(15, "Q8_K"),
          Map.entry(16, "IQ2_XXS"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(20, "IQ4_NL"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(23, "IQ4_XS"),
          Map.entry(29, "IQ1_M"),
          Map.entry(34, "TQ1_0"),
          Map.entry(35, "TQ2_0"),
          Map.entry(39, "MXFP4"),
          Map.entry(40, "NVFP4"));

  private final int number;
  private final int blockElements;
  private final int blockBytes;
  private final @Nullable DType plain;

  GgufType(int number, DType plain) {
    this.number = number;
    this.blockElements = 1;
    this.blockBytes = plain.bytes();
    this.plain = plain;
  }

  GgufType(int number, int blockElements, int blockBytes) {
    this.number = number;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
    this.plain = null;
  }

  static Optional<GgufType> numbered(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }

  /** {@return how a type that is not read is called} */
  static String nameOf(int number) {
    return OTHERS.getOrDefault(number, "number " + Integer.toUnsignedString(number));
  }

  /** {@return how many neighbours along the innermost dimension share their scales} */
  public int blockElements() {
    return blockElements;
  }

  /** {@return the size of a block in bytes} */
  public int blockBytes() {
    return blockBytes;
  }

  /** {@return the type of an element, empty if they are quantised} */
  public Optional<DType> plain() {
    return Optional.ofNullable(plain);
  }

  /** {@return what makes numbers of a block} */
  BlockDecoder decoder() {
    return switch (this) {
      case Q4_0 -> SmallBlocks::q40;
      case Q4_1 -> SmallBlocks::q41;
      case Q5_0 -> SmallBlocks::q50;
      case Q5_1 -> SmallBlocks::q51;
      case Q8_0 -> SmallBlocks::q80;
      case Q2_K -> LargeBlocks::q2k;
      case Q3_K -> LargeBlocks::q3k;
      case Q4_K -> LargeBlocks::q4k;
      case Q5_K -> LargeBlocks::q5k;
      case Q6_K -> LargeBlocks::q6k;
      case F32, F16, BF16, F64, I8, I16, I32, I64 ->
          throw new EngineException("there are no blocks in a tensor of " + this);
    };
  }
}
