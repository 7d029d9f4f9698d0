package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.pipeline.Recipe;
import io.songe.text.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {
  private static final Recipe RECIPE =
      new Recipe(
          Recipe.FORMAT,
          "Songe 0.1.0",
          "songe-mini",
          "9e97",
          new Prompt("un chat\nroux", "flou"),
          256,
          320,
          20,
          4.5,
          0,
          "ddim",
          "model",
          42,
          "bf16",
          "#ffffff",
          java.util.Optional.empty(),
          "plain",
          2,
          List.of());

  @TempDir private Path folder;

  private Path picture;

  @BeforeEach
  void name_a_picture() {
    picture = folder.resolve("x.png");
  }

  private void write(String keyword, String text) {
    new Png(Image.filled(8, 8, Colour.WHITE)).withText(keyword, text).write(picture);
  }

  private Run info(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "info";
    arguments[1] = picture.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Run.songe(arguments);
  }

  @Test
  void a_recipe_is_shown_line_by_line() {
    write(Recipe.KEYWORD, RECIPE.toJson());

    assertThat(info().lines())
        .containsExactly(
            "prompt: un chat roux",
            "negative prompt: flou",
            "seed: 42",
            "size: 256x320",
            "steps: 20",
            "guidance: 4.5",
            "sampler: ddim",
            "schedule: model",
            "prompt syntax: plain",
            "clip skip: 2",
            "background: #ffffff",
            "precision: bf16",
            "model: songe-mini",
            "weights (SHA-256): 9e97",
            "made by: Songe 0.1.0");
  }

  @Test
  void its_labels_are_in_the_users_language() {
    write(Recipe.KEYWORD, RECIPE.toJson());

    Run run = new Run.Setting().in(Locale.FRANCE).run("info", picture.toString());

    assertThat(run.out()).contains("phrase négative : flou\n", "graine : 42\n", "guidage : 4,5\n");
  }

  @Test
  void a_recipe_is_given_as_json() {
    write(Recipe.KEYWORD, RECIPE.toJson());

    Run run = info("--json");

    assertThat(run.out()).hasLineCount(1);
    assertThat(Recipe.fromJson(run.out())).isEqualTo(RECIPE);
  }

  @Test
  void the_parameters_of_other_programs_are_shown() {
    write(
        ParametersText.KEYWORD,
        "a cat\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, Schedule type: Karras, CFG"
            + " scale: 7.5, Seed: 5, Size: 512x768, Model hash: 45dee52b11, Model: small, Clip skip:"
            + " 2, Denoising strength: 0.5, Hires upscale: 2, Version: v1.10.1");

    assertThat(info().lines())
        .containsExactly(
            "prompt: a cat",
            "negative prompt: blurry",
            "seed: 5",
            "size: 512x768",
            "steps: 20",
            "guidance: 7.5",
            "sampler: Euler a",
            "schedule: Karras",
            "denoising strength: 0.5",
            "clip skip: 2",
            "noise source: a graphics card",
            "model: small",
            "model hash: 45dee52b11",
            "made by: A1111 v1.10.1",
            "Hires upscale: 2");
    assertThat(info("--json").out())
        .isEqualTo(
            "{\"program\":\"A1111\",\"version\":\"v1.10.1\",\"prompt\":\"a cat\","
                + "\"negative_prompt\":\"blurry\",\"seed\":5,\"width\":512,\"height\":768,"
                + "\"steps\":20,\"guidance\":7.5,\"sampler\":\"Euler a\",\"schedule\":\"Karras\","
                + "\"strength\":0.5,\"clip_skip\":2,\"model\":\"small\","
                + "\"model_hash\":\"45dee52b11\",\"noise\":\"graphics\","
                + "\"not_understood\":[{\"name\":\"Hires upscale\",\"value\":\"2\"}]}\n");
  }

  @Test
  void a_picture_that_tells_nothing_is_said_to() {
    new Png(Image.filled(8, 8, Colour.WHITE)).write(picture);

    assertThat(info()).isEqualTo(new Run(0, picture + " does not say how it was made\n", ""));
    assertThat(info("--json")).isEqualTo(new Run(0, "{}\n", ""));
  }

  @Test
  void foreign_text_cannot_steer_the_terminal() {
    write(ParametersText.KEYWORD, "a\u001b[31mcat\u202E\nSteps: 20, Sampler: E\u009b, Seed: 5");

    assertThat(info().out()).doesNotContain("\u001b", "\u009b", "\u202E");
    assertThat(info("--json").out()).doesNotContain("\u001b", "\u009b", "\u202E");
  }

  @Test
  void a_recipe_of_the_future_is_refused() {
    write(Recipe.KEYWORD, RECIPE.toJson().replace("\"format\":2", "\"format\":9"));

    Run run = info();

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            "songe: the recipe in this picture has the format 9, made by Songe 0.1.0; this version"
                + " reads format 2, use a newer one\n");
  }

  @Test
  void what_is_no_picture_is_refused() throws IOException {
    Files.writeString(picture, "GIF89a, say");

    Run run = info();

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            "songe: "
                + picture
                + ": this is neither a PNG nor a JPEG nor a WebP file: it begins with none of their"
                + " signatures\n");
  }

  @Test
  void a_file_that_is_missing_is_refused() {
    assertThat(info().code()).isEqualTo(3);
    assertThat(info().err()).isEqualTo("songe: " + picture + ": there is no such file\n");
  }

  @Test
  void a_name_that_no_file_can_have_is_the_users_mistake() {
    Run run = Run.songe("info", "a\u0000b");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe: \"a\uFFFDb\" cannot be a file's name here (Nul character not allowed)\n");
  }
}
