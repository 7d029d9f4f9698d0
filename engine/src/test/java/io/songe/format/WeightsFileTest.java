package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.tensor.DType;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The door that asks what is in a file, and not how it is called. */
class WeightsFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "types.safetensors, model.ckpt, SafetensorsFile",
    "torch/types.pt, model.safetensors, TorchFile",
    "torch/legacy.bin, model.gguf, TorchFile",
    "gguf/types.gguf, model.bin, GgufFile",
  })
  void a_file_under_the_name_of_another_form_is_opened_as_what_it_is(
      String golden, String name, String form) throws IOException {
    Path renamed = Files.copy(Golden.file(golden), folder.resolve(name));

    try (TensorSource file = WeightsFile.open(renamed);
        TensorSource original = WeightsFile.open(Golden.file(golden))) {
      assertThat(file.getClass().getSimpleName()).isEqualTo(form);
      assertThat(file.names()).isEqualTo(original.names());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"types.safetensors", "torch/types.pt", "torch/legacy.bin", "gguf/types.gguf"})
  void wherever_a_file_ends_too_early_it_is_refused(String golden) throws IOException {
    byte[] whole = Files.readAllBytes(Golden.file(golden));
    Path path = folder.resolve("model.bin");
    // Behind the last tensor of a GGUF file is padding that nobody misses.
    int end = golden.endsWith(".gguf") ? whole.length - 31 : whole.length;

    for (int length = 0; length < end; length += 1 + length / 100) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WeightsFile.open(path))
          .as("%d bytes", length)
          .isInstanceOf(BrokenFileException.class)
          .hasMessageStartingWith(folder.getFileName() + "/model.bin: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"types.safetensors", "torch/types.pt", "torch/legacy.bin", "gguf/types.gguf"})
  void closing_twice_is_safe_and_ends_the_tensors(String golden) {
    TensorSource file = WeightsFile.open(Golden.file(golden));
    String name =
        file.names().stream().filter(each -> isView(file.get(each))).findAny().orElseThrow();
    StoredTensor tensor = file.get(name);

    file.close();
    file.close();

    assertThatIllegalStateException().isThrownBy(() -> tensor.data().get(ValueLayout.JAVA_BYTE, 0));
    assertThatIllegalStateException()
        .isThrownBy(() -> file.get(name))
        .withMessageEndingWith(" is closed");
    assertThatIllegalStateException().isThrownBy(() -> file.describe(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"types.safetensors", "torch/types.pt", "torch/legacy.bin", "gguf/types.gguf"})
  void a_tensor_that_is_not_there_is_named(String golden) {
    try (TensorSource file = WeightsFile.open(Golden.file(golden))) {
      assertThatThrownBy(() -> file.get("nothing\u202e"))
          .isInstanceOf(BrokenFileException.class)
          .hasMessageEndingWith("has no tensor 'nothing\\u202e'; is it another model's file?");
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<!DOCTYPE html><html>Sign in</html>|is a web page and no weights: the link led to a log-in or an error; download the weights again, and look at the link",
        "'\n\n  <HTML lang=en>'|is a web page and no weights: the link led to a log-in or an error; download the weights again, and look at the link",
        "<?xml version='1.0'?><Error/>|is an XML text and no weights; download the weights again, and look at the link",
        "{\"error\": \"Repository not found\"}|is a JSON text and no weights: a description of them, or a server's error; download the weights again, and look at the link",
        "version https://git-lfs.github.com/spec/v1|is a Git LFS pointer: the weights themselves were not fetched; run 'git lfs pull' in the model's folder",
        "%PDF-1.7 and so on|is a PDF document; give the file with the weights",
        "GIF89a and so on|is a GIF picture; give the file with the weights",
        "RIFF1234WEBPVP8|is a WebP picture; give the file with the weights",
        "ggml of old|is of a form that came before GGUF and is not read; get a .gguf or .safetensors file",
        "Rar!|is a packed archive; unpack it and give the file with the weights",
        "Entry not found|is no file of weights that this version knows: it begins with the bytes 45 6e 74 72 79 20 6e 6f, and neither as safetensors, nor as a PyTorch checkpoint, nor as GGUF; was it downloaded wholly?",
        "x|is no file of weights that this version knows: it begins with the bytes 78, and neither as safetensors, nor as a PyTorch checkpoint, nor as GGUF; was it downloaded wholly?",
      })
  void what_is_no_weights_is_called_what_it_is(String content, String message) throws IOException {
    assertRefused(content.getBytes(StandardCharsets.UTF_8), message);
  }

  @Test
  void pictures_and_archives_are_told_by_their_first_bytes() throws IOException {
    assertRefused(
        bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10),
        "is a PNG picture; give the file with the weights");
    assertRefused(
        bytes(0xFF, 0xD8, 0xFF, 0xE0), "is a JPEG picture; give the file with the weights");
    assertRefused(
        bytes(0x1F, 0x8B, 8, 0),
        "is a packed archive; unpack it and give the file with the weights");
    assertRefused(
        bytes(0x28, 0xB5, 0x2F, 0xFD),
        "is a packed archive; unpack it and give the file with the weights");
    assertRefused(
        bytes(0x93, 'N', 'U', 'M', 'P', 'Y', 1),
        "is a NumPy array, which this version does not read; get the model's .safetensors files");
    assertRefused(
        bytes(0x89, 'H', 'D', 'F', 13, 10),
        "is an HDF5 file, as Keras writes it, which this version does not read; get the model's .safetensors files");
  }

  @Test
  void a_tar_archive_is_told_by_a_word_after_its_first_name() throws IOException {
    byte[] tar = new byte[1024];
    System.arraycopy("model.bin".getBytes(StandardCharsets.UTF_8), 0, tar, 0, 9);
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);

    assertRefused(tar, "is a tar archive; unpack it and give the file with the weights");
  }

  @Test
  void an_empty_file_and_one_of_zeros_are_downloads_that_failed() throws IOException {
    assertRefused(new byte[0], "model.safetensors: is empty; download it again");
    assertRefused(
        new byte[100],
        "begins with nothing but zeros: its room was made, but the download never filled it; download it again");
  }

  @Test
  void archives_of_other_things_are_not_checkpoints() throws IOException {
    String other =
        "is a zip archive without weights of PyTorch in it; if they are inside, unpack it first";

    assertRefused(PickleBytes.zip(Map.of("model.safetensors", new byte[10]), false), other);
    assertRefused(PickleBytes.zip(Map.of("data.pkl", new byte[10]), false), other);
    assertRefused(
        PickleBytes.zip(Map.of("a/data.pkl", new byte[10], "b/data.pkl", new byte[10]), false),
        other);
    assertRefused(
        PickleBytes.zip(Map.of(), false),
        "is an empty zip archive, or one in several parts; give the file with the weights");
    assertRefused(
        PickleBytes.zip(Map.of("m/data.pkl", new byte[10], "m/constants.pkl", new byte[10]), false),
        "is a TorchScript program and not just weights; get the model's .safetensors files");
  }

  @Test
  void a_pickle_that_pytorch_did_not_write_is_refused() throws IOException {
    assertRefused(
        new PickleBytes().code("}").text("a").whole(1).code("s").end(),
        "is a pickle, but not one that PyTorch wrote; nothing of it was run. Get the model's .safetensors files");
  }

  @Test
  void a_missing_file_and_a_folder_are_reported_as_ever() {
    assertThatThrownBy(() -> WeightsFile.open(folder.resolve("model.ckpt")))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(
            "/model.ckpt: there is no such file; check the name, or download the model again");
    assertThatThrownBy(() -> WeightsFile.open(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith("is not a file; give the file with the weights itself");
  }

  @Test
  void quantised_tensors_become_one_of_two_types() {
    try (TensorSource file = WeightsFile.open(Golden.file("gguf/types.gguf"), DType.BFLOAT16)) {
      assertThat(file.get("small.Q8_0").dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(file.describe("small.Q8_0").dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(file.get("plain.F32").dtype()).isEqualTo(DType.FLOAT32);
    }
    assertThatThrownBy(() -> WeightsFile.open(Golden.file("gguf/types.gguf"), DType.FLOAT16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weights are dequantised to FLOAT32 or BFLOAT16, not to FLOAT16");
  }

  private static boolean isView(StoredTensor tensor) {
    return tensor.data().isNative() && tensor.data().byteSize() > 0;
  }

  private void assertRefused(byte[] content, String message) throws IOException {
    Path path = Files.write(folder.resolve("model.safetensors"), content);

    assertThatThrownBy(() -> WeightsFile.open(path))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith(message);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
