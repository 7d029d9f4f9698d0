package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of other families than the bundled one, from the engine's tests. */
class ModelFamiliesTest {
  private static final Path FAMILIES =
      Path.of("..", "engine", "src", "test", "resources", "golden", "families");

  @TempDir private Path out;

  private static String model(String family) {
    return FAMILIES.resolve(family).resolve("model").toAbsolutePath().normalize().toString();
  }

  private Run imagine(String family) {
    return Run.songe(
        "imagine",
        "a red cat",
        "--model",
        model(family),
        "--size",
        "48x32",
        "--steps",
        "2",
        "--seed",
        "1",
        "--out",
        out.toString());
  }

  @Test
  void a_model_of_two_text_encoders_is_shown_with_both() {
    Run run = Run.songe("models", "show", model("sdxl"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "architecture: StableDiffusionXLPipeline (CLIPTextModel, CLIPTextModelWithProjection,"
                + " UNet2DConditionModel, AutoencoderKL)\n",
            "usually: 64x64 pixels, 20 steps, guidance 5\n");
  }

  @Test
  void a_model_of_two_text_encoders_draws() {
    Run run = imagine("sdxl");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.exists(out.resolve("a-red-cat-1.png"))).isTrue();
  }

  @Test
  void a_model_that_paints_inside_a_mask_wants_a_picture() {
    Run run = imagine("sd1-inpaint");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("paints inside a mask", "give a picture and a mask");
    assertThat(out).isEmptyDirectory();
  }
}
