package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that cannot be used gets one sentence that says why, code 3, and leaves no picture. */
class BadModelTest {
  @TempDir private Path temporary;

  private Path out;
  private ModelCopy model;

  @BeforeEach
  void copy_the_model() throws IOException {
    out = Files.createDirectory(temporary.resolve("out"));
    model = ModelCopy.in(temporary.resolve("model"));
  }

  private String refused() {
    Run run = Run.songe(model.imagine(out));

    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("songe: ").hasLineCount(1);
    assertThat(out.toFile().list()).isEmpty();
    return run.err();
  }

  @Test
  void the_copy_itself_is_sound() {
    assertThat(Run.songe(model.imagine(out)).code()).isZero();
  }

  @Test
  void a_folder_without_a_model() throws IOException {
    model.delete("model_index.json");

    assertThat(refused()).contains("this folder is no model, it has no model_index.json");
  }

  @Test
  void a_file_that_is_missing() throws IOException {
    model.delete(ModelCopy.UNET);

    assertThat(refused())
        .contains(
            "diffusion_pytorch_model.safetensors: there is no such file; is the model complete?");
  }

  @Test
  void a_file_that_was_cut_short() throws IOException {
    model.truncate(ModelCopy.UNET, 1_000_000);

    assertThat(refused())
        .contains("diffusion_pytorch_model.safetensors: is truncated: its tensors need ");
  }

  @Test
  void a_header_that_claims_too_much() throws IOException {
    model.overwrite(ModelCopy.UNET, 0, (byte) -1, (byte) -1, (byte) -1, (byte) -1, (byte) -1);

    assertThat(refused()).contains("claims a header of 1099511627775 bytes");
  }

  @Test
  void a_bit_that_flipped_in_the_header() throws IOException {
    model.overwrite(ModelCopy.UNET, 9, (byte) ('"' ^ 1));

    assertThat(refused()).contains("unet/diffusion_pytorch_model.safetensors: ");
  }

  @Test
  void a_bit_that_flipped_in_the_weights() throws IOException {
    model.flipExponentBit(ModelCopy.UNET, "conv_in.weight");

    assertThat(refused())
        .contains("unet/diffusion_pytorch_model.safetensors: does not have the SHA-256")
        .contains("download the model again");
  }

  @Test
  void an_unknown_architecture() throws IOException {
    model.replace("model_index.json", "StableDiffusionPipeline", "FluxPipeline");

    assertThat(refused())
        .contains("'FluxPipeline' is an architecture that this version does not know");
  }

  @Test
  void a_configuration_that_does_not_fit_the_weights() throws IOException {
    model.replace(
        "unet/config.json",
        "\"block_out_channels\": [\n    64",
        "\"block_out_channels\": [\n    32");

    assertThat(refused()).contains("unet");
  }

  @Test
  void a_configuration_that_is_garbled() throws IOException {
    model.overwrite("unet/config.json", 0, "]".getBytes(StandardCharsets.UTF_8));

    assertThat(refused()).contains("unet/config.json: ");
  }
}
