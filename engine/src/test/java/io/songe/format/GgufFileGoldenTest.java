package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A file written by the package gguf, with a tensor of every type that is read, and what the
 * package makes of them: tools/golden/gguf_files.py.
 */
class GgufFileGoldenTest {
  private static final Path FILE = Golden.file("gguf/types.gguf");
  private static final Path NUMBERS = Golden.file("gguf/numbers.safetensors");
  private static final List<String> QUANTISED =
      List.of(
          "small.Q4_0",
          "small.Q4_1",
          "small.Q5_0",
          "small.Q5_1",
          "small.Q8_0",
          "large.Q2_K",
          "large.Q3_K",
          "large.Q4_K",
          "large.Q5_K",
          "large.Q6_K",
          "flattened");

  @Test
  void reads_every_type_to_the_last_bit_as_the_reference_does() {
    try (TensorSource file = WeightsFile.open(FILE);
        TensorSource numbers = WeightsFile.open(NUMBERS)) {
      assertThat(file.names()).containsExactlyInAnyOrderElementsOf(numbers.names()).hasSize(19);
      assertThat(file.names()).containsAll(QUANTISED);
      for (String name : numbers.names()) {
        StoredTensor expected = numbers.get(name);
        StoredTensor read = file.get(name);
        assertThat(read.shape()).as(name).isEqualTo(expected.shape());
        // bfloat16 is a type here, and the reference makes float32 of it.
        if (read.dtype() != DType.BFLOAT16) {
          assertThat(read.dtype()).as(name).isEqualTo(expected.dtype());
          assertThat(read.data().mismatch(expected.data())).as(name).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void bfloat16_is_given_as_it_is() {
    try (Scope _ = Scope.open();
        TensorSource file = WeightsFile.open(FILE);
        TensorSource numbers = WeightsFile.open(NUMBERS)) {
      Tensor read = file.get("plain.BF16").toTensor();

      assertThat(read.dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(read.to(DType.FLOAT32).toFloats())
          .containsExactly(numbers.get("plain.BF16").toTensor().toFloats());
    }
  }

  @Test
  void rounds_to_bfloat16_as_libtorch_does() {
    try (Scope _ = Scope.open();
        TensorSource halves = WeightsFile.open(FILE, DType.BFLOAT16);
        TensorSource numbers = WeightsFile.open(NUMBERS)) {
      for (String name : QUANTISED) {
        assertThat(halves.get(name).toTensor().toBytes())
            .as(name)
            .containsExactly(numbers.get(name).toTensor().to(DType.BFLOAT16).toBytes());
      }
    }
  }

  @Test
  void describes_tensors_without_dequantising_them() {
    try (TensorSource file = WeightsFile.open(FILE)) {
      TensorInfo described = file.describe("large.Q4_K");

      assertThat(described.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(described.shape()).isEqualTo(file.get("large.Q4_K").shape());
      assertThat(described.storedBytes()).isEqualTo(2 * 2 * 144);
      assertThat(file.describe("plain.I16").dtype()).isEqualTo(DType.INT16);
    }
  }

  @Test
  void tensors_that_are_not_quantised_are_views_of_the_file() {
    try (TensorSource file = WeightsFile.open(FILE)) {
      assertThat(file.get("plain.F32").data().isNative()).isTrue();
      assertThat(file.get("plain.F32").isAligned()).isTrue();
      assertThat(file.get("plain.F32").data().toArray(ValueLayout.JAVA_FLOAT)).hasSize(30);
    }
  }

  @Test
  void texts_and_numbers_of_the_header_are_metadata() {
    JsonConfig expected = JsonConfig.read(Golden.file("gguf/expected.json"));

    try (TensorSource file = WeightsFile.open(FILE)) {
      assertThat(file.metadata()).containsOnlyKeys(expected.keys());
      file.metadata().forEach((key, text) -> assertThat(text).isEqualTo(expected.string(key)));
    }
  }
}
