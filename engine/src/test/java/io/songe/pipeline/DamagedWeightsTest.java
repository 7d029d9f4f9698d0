package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.TinyModel;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that a file's header says nothing about, and that show only in drawing. */
class DamagedWeightsTest {
  private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
  private static final String TENSOR = "conv_out.bias";

  @TempDir Path temporary;
  private TinyModel model;

  @BeforeEach
  void copy() {
    model = TinyModel.copyTo(temporary.resolve("model"));
  }

  private void fill(String file, String name, float value) {
    model.changeTensors(
        file,
        tensor ->
            tensor.name().equals(name)
                ? List.of(TinyModel.filled(tensor, value))
                : List.of(tensor));
  }

  private void drawOneStep() {
    try (TextToImage drawing = TextToImage.open(model.folder(), Precision.FP32)) {
      drawing.generate(
          drawing
              .request("a cat", 1)
              .withSize(8, 8)
              .withSteps(1)
              .withSampler(Samplers.choose("dpmpp_2m", "model")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text_encoder/model.safetensors, final_layer_norm.bias, NaN",
    "unet/diffusion_pytorch_model.safetensors, conv_out.bias, NaN",
    "unet/diffusion_pytorch_model.safetensors, conv_out.bias, Infinity",
    "vae/diffusion_pytorch_model.safetensors, decoder.conv_out.bias, NaN",
  })
  void what_is_no_number_is_found_and_named(String file, String tensor, float value) {
    fill(file, tensor, value);

    assertThatThrownBy(this::drawOneStep)
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            file
                + ": tensor "
                + tensor
                + " holds values that are infinite or not numbers; it is damaged, download it"
                + " again");
  }

  @Test
  void what_is_not_as_the_card_tells_is_named() throws IOException {
    fill(UNET, TENSOR, Float.MAX_VALUE);
    Files.writeString(
        model.file("songe.json"),
        """
        {"name": "tiny", "licence": "CC0-1.0", "side": 64, "steps": 20, "guidance_scale": 7.5,
         "weights_sha256": "%s"}
        """
            .formatted("0".repeat(64)));

    assertThatThrownBy(this::drawOneStep)
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            UNET
                + ": does not have the SHA-256 that songe.json tells; it was changed or damaged,"
                + " download the model again");
  }

  @Test
  void where_no_file_is_known_to_be_damaged_the_step_is_named() {
    fill(UNET, TENSOR, Float.MAX_VALUE);

    assertThatThrownBy(this::drawOneStep)
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("step 1 of 1, from noise level ")
        .hasMessageContaining("gave numbers that are not finite");
  }

  @Test
  void the_model_can_be_used_on() {
    fill(UNET, TENSOR, Float.NaN);

    try (TextToImage drawing = TextToImage.open(model.folder(), Precision.FP32)) {
      GenerationRequest request = drawing.request("a cat", 1).withSize(8, 8).withSteps(1);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> drawing.generate(request)).isInstanceOf(BrokenFileException.class);
      }
    }
    assertThat(model.folder()).isDirectory();
  }
}
