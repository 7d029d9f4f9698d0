package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and values of the reference library, from tools/golden/safetensors_files.py. */
class SafetensorsGoldenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"types", "edges", "nothing"})
  void reads_what_the_reference_library_wrote(String name) {
    JsonConfig expected = JsonConfig.read(Golden.file("expected.json")).object(name);
    JsonConfig tensors = expected.object("tensors");

    try (SafetensorsFile file = SafetensorsFile.open(Golden.file(name + ".safetensors"))) {
      assertThat(file.names()).containsExactlyInAnyOrderElementsOf(tensors.keys());
      for (String tensor : tensors.keys()) {
        StoredTensor read = file.get(tensor);
        assertThat(read.name()).isEqualTo(tensor);
        assertThat(read.dtype()).isEqualTo(DType.valueOf(tensors.object(tensor).string("dtype")));
        assertThat(read.shape()).isEqualTo(shape(tensors.object(tensor).integers("shape")));
        assertThat(hex(read)).isEqualTo(tensors.object(tensor).string("hex"));
        assertThat(read.isAligned()).isTrue();
      }
      JsonConfig metadata = expected.object("metadata");
      assertThat(file.metadata()).hasSameSizeAs(metadata.keys());
      file.metadata().forEach((key, text) -> assertThat(text).isEqualTo(metadata.string(key)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"types", "edges", "nothing"})
  void writes_the_same_bytes_as_the_reference_library(String name) throws Exception {
    Path golden = Golden.file(name + ".safetensors");
    Path copy = folder.resolve("copy.safetensors");

    try (SafetensorsFile file = SafetensorsFile.open(golden)) {
      List<StoredTensor> shuffled = file.names().reversed().stream().map(file::get).toList();
      SafetensorsWriter.write(copy, shuffled, file.metadata());
    }

    assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(golden));
  }

  @Test
  void lists_tensors_in_the_order_of_their_data() {
    try (SafetensorsFile file = SafetensorsFile.open(Golden.file("types.safetensors"))) {
      assertThat(file.names())
          .containsExactly(
              "int64",
              "float64",
              "float32",
              "int32",
              "bfloat16",
              "float16",
              "int16",
              "int8",
              "uint8",
              "bool");
    }
  }

  @Test
  void a_scalar_becomes_a_tensor_of_one_value() {
    try (Scope _ = Scope.open();
        SafetensorsFile file = SafetensorsFile.open(Golden.file("edges.safetensors"))) {
      assertThat(file.get("scalar").toTensor().item()).isEqualTo(3.5);
    }
  }

  private static Shape shape(List<Integer> extents) {
    return Shape.of(extents.stream().mapToLong(Integer::longValue).toArray());
  }

  private static String hex(StoredTensor tensor) {
    return HexFormat.of().formatHex(tensor.data().toArray(ValueLayout.JAVA_BYTE));
  }
}
