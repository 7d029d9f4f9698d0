package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints written by PyTorch itself, from tools/golden/torch_files.py. */
class TorchFileGoldenTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "types.pt",
        "layouts.pt",
        "protocol4.pt",
        "deflated.pt",
        "legacy.bin",
        "training.ckpt",
        "training-legacy.ckpt",
        "inversion.pt"
      })
  void reads_what_pytorch_wrote(String name) {
    JsonConfig expected = JsonConfig.read(Golden.file("torch/expected.json")).object(name);

    try (TensorSource file = WeightsFile.open(Golden.file("torch/" + name))) {
      assertThat(file.names()).containsExactlyInAnyOrderElementsOf(expected.keys());
      for (String tensor : expected.keys()) {
        JsonConfig values = expected.object(tensor);
        StoredTensor read = file.get(tensor);
        assertThat(read.name()).isEqualTo(tensor);
        assertThat(read.dtype()).isEqualTo(DType.valueOf(values.string("dtype")));
        assertThat(read.shape()).isEqualTo(shape(values.integers("shape")));
        assertThat(hex(read)).as(tensor).isEqualTo(values.string("hex"));
        assertThat(file.describe(tensor))
            .isEqualTo(new TensorInfo(tensor, read.dtype(), read.shape(), read.data().byteSize()));
      }
    }
  }

  @Test
  void names_tensors_in_the_order_in_which_they_lie_in_the_file() {
    try (TensorSource file = WeightsFile.open(Golden.file("torch/types.pt"))) {
      assertThat(file.names())
          .startsWith("float64", "float32", "float16", "bfloat16", "int64")
          .endsWith("bool");
    }
  }

  @Test
  void tensors_that_lie_in_the_file_row_by_row_are_not_copied() {
    try (TensorSource file = WeightsFile.open(Golden.file("torch/layouts.pt"))) {
      assertThat(file.get("whole").data().isNative()).isTrue();
      assertThat(file.get("whole").data().isReadOnly()).isTrue();
      assertThat(file.get("rows").data().address() - file.get("whole").data().address())
          .isEqualTo(6 * Float.BYTES);
      assertThat(file.get("transposed").data().isNative()).isFalse();
    }
  }

  @Test
  void tensors_of_any_layout_can_be_computed_with() {
    try (Scope _ = Scope.open();
        TensorSource file = WeightsFile.open(Golden.file("torch/layouts.pt"))) {
      float[] whole = file.get("whole").toTensor().toFloats();

      assertThat(file.get("column").toTensor().toFloats())
          .containsExactly(whole[2], whole[8], whole[14], whole[20]);
      assertThat(file.get("longs").isAligned()).isTrue();
      assertThat(file.get("scalar").toTensor().item()).isEqualTo(3.5);
    }
  }

  @Test
  void what_stands_beside_the_weights_as_text_or_number_is_metadata() {
    try (TensorSource file = WeightsFile.open(Golden.file("torch/training.ckpt"))) {
      assertThat(file.metadata())
          .isEqualTo(
              Map.of("epoch", "3", "global_step", "470000", "pytorch-lightning_version", "1.4.2"));
    }
    try (TensorSource file = WeightsFile.open(Golden.file("torch/inversion.pt"))) {
      assertThat(file.metadata()).isEqualTo(Map.of("name", "my-concept", "step", "500"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"layouts.pt", "legacy.bin"})
  void a_checkpoint_inside_an_archive_is_read_alike(String name) throws IOException {
    Path archive = folder.resolve("models.jar");
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Files.copy(Golden.file("torch/" + name), zip.getPath(name));
    }

    try (FileSystem zip =
            FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), Map.of());
        TensorSource inside = WeightsFile.open(zip.getPath(name));
        TensorSource outside = WeightsFile.open(Golden.file("torch/" + name))) {
      assertThat(inside.names()).isEqualTo(outside.names());
      for (String tensor : inside.names()) {
        assertThat(inside.get(tensor).data().mismatch(outside.get(tensor).data())).isEqualTo(-1);
      }
    }
  }

  private static Shape shape(List<Integer> extents) {
    return Shape.of(extents.stream().mapToLong(Integer::longValue).toArray());
  }

  private static String hex(StoredTensor tensor) {
    return HexFormat.of().formatHex(tensor.data().toArray(ValueLayout.JAVA_BYTE));
  }
}
