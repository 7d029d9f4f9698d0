package io.songe.pipeline;

import io.songe.error.InvalidRequestException;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** In which type the networks compute. What the sampler does is always in FLOAT32. */
public enum Precision {
  /** BF16 where the processor has instructions for it, else FP32. */
  AUTO,
  /** 32 bits: the reference. */
  FP32,
  /** 16 bits, of which 8 of precision: several times faster on processors made for it. */
  BF16;

  /** {@return the tensors' type} */
  public DType dtype() {
    return switch (this) {
      case AUTO -> Backend.fastestType();
      case FP32 -> DType.FLOAT32;
      case BF16 -> DType.BFLOAT16;
    };
  }

  static Precision of(DType dtype) {
    return dtype == DType.BFLOAT16 ? BF16 : FP32;
  }

  /** {@return this precision, or the one that AUTO stands for on this machine} */
  public Precision resolved() {
    return of(dtype());
  }

  /** {@return the name in commands and recipes, such as {@code bf16}} */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The precision of a name.
   *
   * @param id as {@link #id} gives it, in any case
   * @return the precision
   * @throws InvalidRequestException if there is none of that name
   */
  public static Precision named(String id) {
    return Arrays.stream(values())
        .filter(precision -> precision.id().equalsIgnoreCase(id.strip()))
        .findFirst()
        .orElseThrow(() ->
            new InvalidRequestException(
                "unknown precision \""
                    + id
                    + "\"; known are "
                    + Arrays.stream(values())
                        .map(Precision::id)
                        .collect(Collectors.joining(", "))));
  }
}
