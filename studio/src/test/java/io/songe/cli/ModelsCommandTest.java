package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsCommandTest {
  @TempDir private Path models;

  private Run.Setting setting() {
    return new Run.Setting().with("SONGE_MODELS", models);
  }

  @Test
  void the_bundled_model_is_always_there() {
    Run run = setting().run("models");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith(
            """
            songe-mini
              licence: Apache-2.0
              architecture: StableDiffusionPipeline (CLIPTextModel, UNet2DConditionModel, AutoencoderTiny)
              parameters: 27.2 million, 54.4 MB
              usually: 256x256 pixels, 20 steps, guidance 4
              styles: 3d, noto, blob, flat, classic, fx, twemoji, cartoon
              was taught: \
            """)
        .containsPattern("was taught: [0-9]+ names, such as T-Rex, .*\n$");
    assertThat(setting().run("models", "list").out()).isEqualTo(run.out());
  }

  @Test
  void folders_with_models_are_listed_and_others_are_not() throws IOException {
    ModelCopy.in(models.resolve("second")).replace("songe.json", "\"songe-mini\"", "\"mine\"");
    Files.createDirectory(models.resolve("holiday pictures"));

    Run run = setting().run("models");

    assertThat(run.lines().stream().filter(line -> !line.startsWith(" ")))
        .containsExactly("songe-mini", "mine");
  }

  @Test
  void a_model_that_cannot_be_used_does_not_hide_the_others() throws IOException {
    ModelCopy.in(models.resolve("a")).replace("model_index.json", "StableDiffusion", "Flux");
    ModelCopy.in(models.resolve("b"));

    Run run = setting().run("models");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("a\n  unusable: ", "'FluxPipeline' is an architecture")
        .contains("songe-mini\n  licence: Apache-2.0");
  }

  @Test
  void a_model_without_a_card_of_ours_goes_by_its_folder() throws IOException {
    ModelCopy.in(models.resolve("plain")).delete("songe.json");

    Run run = setting().in(Locale.FRENCH).run("models", "show", "plain");

    assertThat(run.out())
        .startsWith("plain\nlicence : unknown\n")
        .contains("d'ordinaire : 256x256 pixels, 20 pas, guidage 7,5\n")
        .doesNotContain("styles :");
  }

  @ParameterizedTest
  @CsvSource({"second", "mine", "SECOND"})
  void a_model_can_be_drawn_with_by_name(String name) throws IOException {
    ModelCopy.in(models.resolve("second")).replace("songe.json", "\"songe-mini\"", "\"mine\"");
    Path out = Files.createDirectory(models.resolve("out"));

    Run run =
        setting()
            .run(
                "imagine",
                "x",
                "--model",
                name,
                "--size",
                "64",
                "--steps",
                "1",
                "--seed",
                "1",
                "--out",
                out.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Run.songe("info", out.resolve("x-1.png").toString()).out())
        .contains("model: mine\n");
  }

  @Test
  void a_card_is_shown_with_the_licence_first_and_shortened() {
    Run run = setting().run("models", "show");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith("songe-mini\nlicence: Apache-2.0\n")
        .contains("\n# songe-mini\n\nA very small Stable Diffusion")
        .doesNotContain("pipeline_tag", "## Training")
        .containsPattern("\n\\(The rest is in .*README\\.md\\)\n$");
    assertThat(run.out().length()).isLessThan(2500);
  }

  @Test
  void foreign_text_in_a_card_cannot_steer_the_terminal() throws IOException {
    ModelCopy copy = ModelCopy.in(models.resolve("evil"));
    copy.replace("README.md", "# songe-mini", "# \u001b[2Jsonge-mini");

    assertThat(setting().run("models", "show", "evil").out())
        .doesNotContain("\u001b")
        .contains("# \uFFFD[2Jsonge-mini");

    copy.replace("songe.json", "\"Apache-2.0\"", "\"\\u001b[31mfree\"");

    assertThat(setting().run("models", "show", "evil").err())
        .doesNotContain("\u001b")
        .contains("licence is one line");
  }

  @Test
  void a_model_that_is_not_there_is_refused() {
    Run run = setting().run("models", "show", "nowhere");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe: \"nowhere\" is neither a model's name nor a folder or file; known are songe-mini\n");
  }

  @Test
  void where_prints_the_folder_and_nothing_else() {
    Run there = setting().run("models", "where");
    Run notThere =
        new Run.Setting().with("SONGE_MODELS", models.resolve("later")).run("models", "where");

    assertThat(there).isEqualTo(new Run(0, models + "\n", ""));
    assertThat(notThere.out()).isEqualTo(models.resolve("later") + "\n");
    assertThat(notThere.err()).startsWith("(This folder is not there yet");
    assertThat(models.resolve("later")).doesNotExist();
  }
}
