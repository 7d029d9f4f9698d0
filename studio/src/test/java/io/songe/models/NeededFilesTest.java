package io.songe.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeededFilesTest {
  private static final String FINGERPRINT = "0".repeat(40);

  private static HubModel model(String... paths) {
    return new HubModel(
        HubId.parse("some/model"),
        FINGERPRINT,
        Optional.empty(),
        URI.create("https://hub.example/some/model"),
        Stream.of(paths)
            .map(path -> new HubFile(path, 1, Optional.empty(), Optional.of(FINGERPRINT)))
            .toList());
  }

  private static List<String> needed(String variant, String... paths) {
    return NeededFiles.ofFolder(model(paths), variant).stream().map(HubFile::path).toList();
  }

  @Test
  void weights_come_once_and_other_libraries_stay() {
    assertThat(
            needed(
                "",
                "model_index.json",
                "README.md",
                "LICENSE.md",
                ".gitattributes",
                "v1-5-pruned.ckpt",
                "unet/config.json",
                "unet/diffusion_pytorch_model.bin",
                "unet/diffusion_pytorch_model.fp16.safetensors",
                "unet/diffusion_pytorch_model.non_ema.safetensors",
                "unet/diffusion_pytorch_model.safetensors",
                "unet/diffusion_flax_model.msgpack",
                "safety_checker/model.safetensors",
                "tokenizer/vocab.json",
                "tokenizer/merges.txt",
                "vae/config.json",
                "vae/model.onnx",
                "vae/diffusion_pytorch_model.safetensors"))
        .containsExactlyInAnyOrder(
            "model_index.json",
            "README.md",
            "LICENSE.md",
            "unet/config.json",
            "unet/diffusion_pytorch_model.safetensors",
            "tokenizer/vocab.json",
            "tokenizer/merges.txt",
            "vae/config.json",
            "vae/diffusion_pytorch_model.safetensors");
  }

  @Test
  void the_precision_that_is_wanted_is_taken_where_there_is_one() {
    assertThat(
            needed(
                "fp16",
                "unet/diffusion_pytorch_model.fp16.safetensors",
                "unet/diffusion_pytorch_model.safetensors",
                "vae/diffusion_pytorch_model.safetensors"))
        .containsExactly(
            "unet/diffusion_pytorch_model.fp16.safetensors",
            "vae/diffusion_pytorch_model.safetensors");
  }

  @Test
  void safetensors_in_half_precision_come_before_a_pickle_in_whole() {
    assertThat(
            needed(
                "",
                "unet/diffusion_pytorch_model.bin",
                "unet/diffusion_pytorch_model.fp16.safetensors"))
        .containsExactly("unet/diffusion_pytorch_model.fp16.safetensors");
  }

  @Test
  void the_pieces_of_weights_come_with_their_index() {
    assertThat(
            needed(
                "fp16",
                "unet/diffusion_pytorch_model-00001-of-00002.safetensors",
                "unet/diffusion_pytorch_model-00002-of-00002.safetensors",
                "unet/diffusion_pytorch_model.safetensors.index.json",
                "unet/diffusion_pytorch_model.fp16-00001-of-00002.safetensors",
                "unet/diffusion_pytorch_model.fp16-00002-of-00002.safetensors",
                "unet/diffusion_pytorch_model.safetensors.index.fp16.json"))
        .containsExactlyInAnyOrder(
            "unet/diffusion_pytorch_model.fp16-00001-of-00002.safetensors",
            "unet/diffusion_pytorch_model.fp16-00002-of-00002.safetensors",
            "unet/diffusion_pytorch_model.safetensors.index.fp16.json");
  }

  @Test
  void a_part_for_other_programs_alone_is_refused_before_anything_is_fetched() {
    assertThatThrownBy(() -> needed("", "model_index.json", "unet/model.onnx"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("'unet' for other programs alone");
  }

  @Test
  void the_only_file_needs_no_name() {
    HubModel model = model("README.md", "dreams.safetensors");

    assertThat(NeededFiles.single(model, "").path()).isEqualTo("dreams.safetensors");
  }

  @Test
  void of_several_files_one_must_be_named() {
    HubModel model = model("a.safetensors", "b.ckpt", "old/c.gguf");

    assertThat(NeededFiles.single(model, "old/c.gguf").path()).isEqualTo("old/c.gguf");
    assertThatThrownBy(() -> NeededFiles.single(model, ""))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("--file: a.safetensors, b.ckpt, old/c.gguf");
    assertThatThrownBy(() -> NeededFiles.single(model, "d.ckpt"))
        .hasMessageContaining("no model file 'd.ckpt'");
    assertThatThrownBy(() -> NeededFiles.single(model("README.md"), ""))
        .hasMessageContaining("holds no model that can be drawn with");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "a/../../evil",
        "/etc/passwd",
        "a//b",
        "c:evil",
        "a\\b",
        "",
        "a/",
        ".hidden/..",
        "a\u0000b",
        "-/x/y/z/1/2/3/4/5"
      })
  void a_path_that_could_lead_elsewhere_is_refused(String path) {
    assertThatThrownBy(() -> new HubFile(path, 1, Optional.empty(), Optional.of(FINGERPRINT)))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("nothing was fetched");
  }

  @Test
  void a_file_that_nothing_proves_is_refused() {
    assertThatThrownBy(() -> new HubFile("a", 1, Optional.empty(), Optional.empty()))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("without a fingerprint");
    assertThatThrownBy(() -> new HubFile("a", 1, Optional.of("0"), Optional.of(FINGERPRINT)))
        .hasMessageContaining("without a fingerprint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "a/b/c", "../b", "a/..", "a/b..c", "a b/c", "https://x/y", ""})
  void what_is_no_name_of_a_model_is_refused(String text) {
    assertThatThrownBy(() -> HubId.parse(text))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("OWNER/NAME");
  }
}
