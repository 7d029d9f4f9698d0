package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir Path folder;

  @Test
  void order_of_tensors_and_metadata_does_not_change_the_file() throws Exception {
    StoredTensor first = bytes("first", 3);
    StoredTensor second = bytes("second", 5);
    Map<String, String> metadata = Map.of("a", "1", "b", "2", "c", "3", "d", "4");

    SafetensorsWriter.write(folder.resolve("one"), List.of(first, second), metadata);
    SafetensorsWriter.write(folder.resolve("two"), List.of(second, first), metadata);

    assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("two"));
    assertThat(Files.readString(folder.resolve("one"), StandardCharsets.ISO_8859_1))
        .contains("{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"d\":\"4\"},\"first\"");
  }

  @Test
  void tensors_come_back_as_they_were() {
    Path path = folder.resolve("model.safetensors");

    try (Scope _ = Scope.open()) {
      Tensor weight = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
      Map<String, Tensor> tensors =
          Map.of("w", weight, "w.turned", weight.transpose(0, 1), "half", weight.to(DType.FLOAT16));
      SafetensorsWriter.write(path, tensors, Map.of());

      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        assertThat(file.get("w").toTensor().toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(file.get("w.turned").shape()).isEqualTo(Shape.of(3, 2));
        assertThat(file.get("w.turned").toTensor().toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(file.get("half").dtype()).isEqualTo(DType.FLOAT16);
        assertThat(file.get("half").toTensor().toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
      }
    }
  }

  @Test
  void heap_arrays_of_any_type_are_written() {
    Path path = folder.resolve("model.safetensors");
    StoredTensor floats =
        new StoredTensor(
            "f", DType.FLOAT32, Shape.of(2), MemorySegment.ofArray(new float[] {0.5f, -7}));

    SafetensorsWriter.write(path, List.of(floats), Map.of());

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.get("f").data().toArray(ValueLayout.JAVA_FLOAT)).containsExactly(0.5f, -7);
    }
  }

  @Test
  void data_larger_than_the_buffer_arrive_whole() {
    byte[] values = new byte[(5 << 20) + 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 31 / 8);
    }
    Path path = folder.resolve("model.safetensors");

    SafetensorsWriter.write(
        path,
        List.of(
            new StoredTensor(
                "b", DType.INT8, Shape.of(values.length), MemorySegment.ofArray(values))),
        Map.of());

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.get("b").data().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(values);
    }
  }

  @Test
  void an_older_file_is_replaced() {
    Path path = folder.resolve("model.safetensors");
    SafetensorsWriter.write(path, List.of(bytes("old", 9)), Map.of());

    SafetensorsWriter.write(path, List.of(bytes("new", 2)), Map.of());

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.names()).containsExactly("new");
    }
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void a_full_disk_leaves_the_older_file_and_nothing_else() throws Exception {
    Path path = Files.writeString(folder.resolve("model.safetensors"), "older");

    assertThatThrownBy(() ->
            ModelFile.write(
                path,
                channel -> {
                  channel.write(ByteBuffer.allocate(100));
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "model.safetensors: could not be written (No space left on device), nothing of it is left; free some space or choose another folder");

    assertThat(path).hasContent("older");
    assertThat(everything()).containsExactly(path);
  }

  @Test
  void memory_that_is_gone_while_writing_leaves_nothing() throws Exception {
    Arena arena = Arena.ofConfined();
    StoredTensor gone = new StoredTensor("g", DType.UINT8, Shape.of(4), arena.allocate(4));
    arena.close();

    assertThatThrownBy(
            () -> SafetensorsWriter.write(folder.resolve("m.safetensors"), List.of(gone), Map.of()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(everything()).isEmpty();
  }

  @Test
  void a_missing_folder_is_named() {
    assertThatThrownBy(() ->
            SafetensorsWriter.write(
                folder.resolve("absent").resolve("m.safetensors"), List.of(), Map.of()))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "absent/m.safetensors: could not be written (its folder does not exist), nothing of it is left; free some space or choose another folder");
  }

  @Test
  void two_tensors_of_one_name_are_our_mistake() {
    assertThatThrownBy(() ->
            SafetensorsWriter.write(
                folder.resolve("m"), List.of(bytes("a", 1), bytes("a", 2)), Map.of()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("has two tensors of the name 'a'");
  }

  @Test
  void names_that_could_not_be_read_are_not_written() throws Exception {
    for (String name : List.of("__metadata__", "n".repeat(1025), "\ud800")) {
      assertThatThrownBy(
              () -> SafetensorsWriter.write(folder.resolve("m"), List.of(bytes(name, 1)), Map.of()))
          .isInstanceOf(EngineException.class);
    }
    assertThat(everything()).isEmpty();
  }

  @Test
  void data_of_the_wrong_length_are_our_mistake() {
    assertThatThrownBy(() ->
            new StoredTensor(
                "a", DType.FLOAT32, Shape.of(2, 2), MemorySegment.ofArray(new float[3])))
        .isInstanceOf(EngineException.class)
        .hasMessage("tensor a of FLOAT32 [2, 2] needs 16 bytes, got 12");
  }

  private static StoredTensor bytes(String name, int length) {
    return new StoredTensor(
        name, DType.UINT8, Shape.of(length), MemorySegment.ofArray(new byte[length]));
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
