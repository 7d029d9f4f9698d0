package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.io.RandomAccessFile;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
  private static final String TWO_FLOATS =
      "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  @TempDir Path folder;

  @Test
  void a_missing_file_is_named_with_its_folder_only() {
    Path missing = folder.resolve("unet").resolve("model.safetensors");

    assertThatThrownBy(() -> SafetensorsFile.open(missing))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "unet/model.safetensors: there is no such file; check the name, or download the model again");
  }

  @Test
  void a_folder_is_not_a_file() {
    assertThatThrownBy(() -> SafetensorsFile.open(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith("is not a file; give the file with the weights itself");
  }

  @Test
  void an_empty_file_is_too_short() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.safetensors"));

    assertThatThrownBy(() -> SafetensorsFile.open(empty))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith("is too short for a safetensors file (0 bytes); download it again");
  }

  @Test
  void a_truncated_download_says_how_much_is_missing() throws Exception {
    Path file = SafetensorsBytes.write(folder.resolve("model.safetensors"), TWO_FLOATS, 8);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 3));

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "model.safetensors: is truncated: its tensors need 8 bytes of data but only 5 are there; download it again");
  }

  @Test
  void closing_twice_is_safe_and_ends_the_tensors() {
    Path path = SafetensorsBytes.write(folder.resolve("model.safetensors"), TWO_FLOATS, 8);
    SafetensorsFile file = SafetensorsFile.open(path);
    StoredTensor tensor = file.get("w");

    file.close();
    file.close();

    assertThatIllegalStateException().isThrownBy(() -> tensor.data().get(ValueLayout.JAVA_BYTE, 0));
    assertThatIllegalStateException()
        .isThrownBy(() -> file.get("w"))
        .withMessageEndingWith("model.safetensors is closed");
  }

  @Test
  void an_unknown_tensor_is_named() {
    Path path = SafetensorsBytes.write(folder.resolve("model.safetensors"), TWO_FLOATS, 8);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThatThrownBy(() -> file.get("conv\n.bias"))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageEndingWith("has no tensor 'conv\\u000a.bias'; is it another model's file?");
    }
  }

  @Test
  void tensors_cannot_be_written_through() {
    Path path = SafetensorsBytes.write(folder.resolve("model.safetensors"), TWO_FLOATS, 8);

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.get("w").data().isReadOnly()).isTrue();
    }
  }

  @Test
  void a_header_of_odd_length_leaves_tensors_unaligned_but_right() {
    // Files written before the reference library padded its headers look so.
    String odd = TWO_FLOATS + " ".repeat(9 - TWO_FLOATS.length() % 8);
    Path path = SafetensorsBytes.write(folder.resolve("old.safetensors"), odd, 8);

    try (Scope _ = Scope.open();
        SafetensorsFile file = SafetensorsFile.open(path)) {
      StoredTensor tensor = file.get("w");

      assertThat(tensor.isAligned()).isFalse();
      float first = Float.intBitsToFloat(0x03020100);
      float second = Float.intBitsToFloat(0x07060504);
      assertThat(tensor.data().get(ValueLayout.JAVA_FLOAT_UNALIGNED, 4)).isEqualTo(second);
      assertThat(tensor.toTensor().toFloats()).containsExactly(first, second);
    }
  }

  @Test
  void a_tensor_made_from_an_aligned_file_shares_its_memory() {
    String padded = TWO_FLOATS + " ".repeat(8 - TWO_FLOATS.length() % 8);
    Path path = SafetensorsBytes.write(folder.resolve("model.safetensors"), padded, 8);

    try (Scope _ = Scope.open();
        SafetensorsFile file = SafetensorsFile.open(path)) {
      Tensor tensor = file.get("w").toTensor();

      assertThat(tensor.shape()).isEqualTo(Shape.of(2));
      assertThat(tensor.dtype()).isEqualTo(DType.FLOAT32);
      assertThat(tensor.toBytes()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }
  }

  @Test
  void a_file_inside_an_archive_is_read_whole() throws Exception {
    Path archive = folder.resolve("model.jar");
    byte[] golden = Files.readAllBytes(Golden.file("types.safetensors"));
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Files.createDirectory(zip.getPath("vae"));
      Files.write(zip.getPath("vae", "model.safetensors"), golden);
    }

    SafetensorsFile file;
    try (FileSystem zip = FileSystems.newFileSystem(archive)) {
      file = SafetensorsFile.open(zip.getPath("vae", "model.safetensors"));
    }

    try (file;
        SafetensorsFile mapped = SafetensorsFile.open(Golden.file("types.safetensors"))) {
      assertThat(file.names()).isEqualTo(mapped.names());
      for (String name : file.names()) {
        assertThat(file.get(name).data().mismatch(mapped.get(name).data())).isEqualTo(-1);
        assertThat(file.get(name).data().isReadOnly()).isTrue();
        assertThat(file.get(name).isAligned()).isTrue();
      }
    }
  }

  @Test
  void a_missing_file_inside_an_archive_is_reported_alike() throws Exception {
    Path archive = folder.resolve("model.jar");

    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      assertThatThrownBy(() -> SafetensorsFile.open(zip.getPath("vae/model.safetensors")))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageStartingWith("vae/model.safetensors: there is no such file");
    }
  }

  @Test
  void a_file_beyond_two_gibibytes_is_mapped_to_its_last_byte() throws Exception {
    long length = 3L << 30;
    String json =
        "{\"big\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(length, length);
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    Path path = folder.resolve("big.safetensors");
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      sparse.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .array());
      sparse.write(header);
      sparse.seek(Long.BYTES + header.length + length - 1);
      sparse.write(77);
    }

    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThat(file.get("big").data().get(ValueLayout.JAVA_BYTE, length - 1))
          .isEqualTo((byte) 77);
    }
  }
}
