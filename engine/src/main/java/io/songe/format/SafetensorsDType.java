package io.songe.format;

import io.songe.tensor.DType;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of element types in safetensors files, and their order there. */
final class SafetensorsDType {
  /** In the order in which the reference writer lays tensors out: wide elements first. */
  private static final List<DType> LAYOUT_ORDER =
      List.of(
          DType.INT64,
          DType.FLOAT64,
          DType.FLOAT32,
          DType.INT32,
          DType.BFLOAT16,
          DType.FLOAT16,
          DType.INT16,
          DType.INT8,
          DType.UINT8,
          DType.BOOL);

  private static final Map<String, DType> BY_NAME =
      Map.of(
          "I64", DType.INT64,
          "F64", DType.FLOAT64,
          "F32", DType.FLOAT32,
          "I32", DType.INT32,
          "BF16", DType.BFLOAT16,
          "F16", DType.FLOAT16,
          "I16", DType.INT16,
          "I8", DType.INT8,
          "U8", DType.UINT8,
          "BOOL", DType.BOOL);

  private static final Map<DType, String> NAMES = invert(BY_NAME);

  private SafetensorsDType() {}

  static Optional<DType> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static String nameOf(DType dtype) {
    return NAMES.getOrDefault(dtype, dtype.name());
  }

  static Comparator<DType> layoutOrder() {
    return Comparator.comparingInt(LAYOUT_ORDER::indexOf);
  }

  private static Map<DType, String> invert(Map<String, DType> byName) {
    Map<DType, String> names = new EnumMap<>(DType.class);
    byName.forEach((name, dtype) -> names.put(dtype, name));
    return names;
  }
}
