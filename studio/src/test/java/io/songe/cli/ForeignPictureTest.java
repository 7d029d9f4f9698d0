package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JPEG and WebP files are written by {@code tools/golden/foreign_pictures.py}. */
class ForeignPictureTest {
  private static final String EXACT =
      "un chat\nSteps: 2, Sampler: DDIM, CFG scale: 4, Seed: 5, Size: 64x64, Model: songe-mini,"
          + " RNG: CPU";

  @TempDir private Path folder;

  private Path picture;

  @BeforeEach
  void name_a_picture() {
    picture = folder.resolve("x.png");
  }

  private void write(String keyword, String text) {
    new Png(Image.filled(64, 64, Colour.WHITE)).withText(keyword, text).write(picture);
  }

  private Run again(String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "again";
    arguments[1] = picture.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Run.songe(arguments);
  }

  private Recipe recipeOf(String file) {
    return Recipe.of(Png.read(folder.resolve(file), PngLimits.DEFAULT).texts()).orElseThrow();
  }

  private void copy(String resource) throws IOException {
    picture = folder.resolve("without ending");
    try (InputStream in = ForeignPictureTest.class.getResourceAsStream("/golden/" + resource)) {
      Files.copy(Objects.requireNonNull(in), picture);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1111.jpg", "a1111.webp"})
  void info_reads_jpeg_and_webp(String resource) throws IOException {
    copy(resource);

    assertThat(Run.songe("info", picture.toString()).lines())
        .containsExactly(
            "prompt: un château, le soir",
            "negative prompt: flou",
            "seed: 5",
            "size: 64x64",
            "steps: 2",
            "guidance: 4",
            "sampler: Euler a",
            "noise source: a processor",
            "model: songe-mini",
            "made by: A1111");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a1111.jpg", "a1111.webp"})
  void again_draws_from_jpeg_and_webp(String resource) throws IOException {
    copy(resource);

    Run run = again("--out", folder + "/y.png");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines()).containsExactly(folder.resolve("y.png").toString());
    Recipe recipe = recipeOf("y.png");
    assertThat(recipe.prompt().positive()).isEqualTo("un château, le soir");
    assertThat(recipe.prompt().negative()).isEqualTo("flou");
    assertThat(recipe.seed()).isEqualTo(5);
    assertThat(recipe.steps()).isEqualTo(2);
    assertThat(recipe.guidanceScale()).isEqualTo(4);
    assertThat(recipe.sampler()).isEqualTo("euler_a");
    assertThat(recipe.width()).isEqualTo(64);
  }

  @Test
  void labels_are_in_the_users_language() {
    write("parameters", EXACT + ", Clip skip: 2, Model hash: ab");

    Run run = new Run.Setting().in(Locale.FRANCE).run("info", picture.toString());

    assertThat(run.lines())
        .contains("clip skip : 2", "source du bruit : un processeur", "empreinte du modèle : ab");
  }

  @Test
  void of_several_samplers_info_says_so() {
    write(
        "prompt",
        """
        {"1": {"class_type": "KSampler", "inputs": {"seed": 1, "latent_image": ["2", 0]}},
         "2": {"class_type": "KSampler", "inputs": {"seed": 2, "latent_image": ["3", 0]}}}
        """);

    assertThat(Run.songe("info", picture.toString()).lines())
        .containsExactly(
            "prompt: ",
            "seed: 1",
            "made by: ComfyUI",
            "the picture went through 2 samplers, of which the last is taken",
            "KSampler: seed: 2");
    assertThat(Run.songe("info", picture.toString(), "--json").out()).contains("\"samplers\":2");
  }

  @Test
  void where_nothing_is_left_out_the_pictures_are_compared() {
    write("parameters", EXACT);
    Run first = again();
    again("--out", folder + "/y.png");
    new Png(Png.read(folder.resolve("y.png"), PngLimits.DEFAULT).image())
        .withText("parameters", EXACT)
        .write(picture);

    Run second = again();

    assertThat(first.code()).isEqualTo(6);
    assertThat(first.out()).matches("different: [1-4],\\d{3} of 4,096 pixels, by .*\\R");
    assertThat(second)
        .isEqualTo(new Run(0, "identical: all 4,096 pixels are the same\n", second.err()));
  }

  @Test
  void all_that_cannot_be_used_is_told_line_by_line() {
    write(
        "parameters",
        "un chat <lora:ink:0.8>\nSteps: 2000, Sampler: Warp, CFG scale: 4, Size: 60x64, Model: other,"
            + " Clip skip: 2, Denoising strength: 0.5, Hires upscale: 2");

    Run run = again("--out", folder + "/y.png", "--model", "songe-mini");

    assertThat(run.code()).as(run.err()).isZero();
    String seed = String.valueOf(recipeOf("y.png").seed());
    assertThat(run.lines())
        .containsExactly(
            "not used, since it is impossible here: size 60x64",
            "not used, since it is impossible here: steps 2000",
            "not used: the sampler \"Warp\" is not known here, the model's own is taken",
            "not used: the picture was begun with another one, or a first pass, which its file does"
                + " not hold (strength 0.5)",
            "not used: Hires upscale: 2",
            "not used: prompt: <lora:ink:0.8>",
            "the noise came from a graphics card and comes from a processor here, so the picture"
                + " will be another",
            "the seed is not said, " + seed + " is taken",
            "the model was other and is songe-mini here, so the pixels cannot be compared",
            folder.resolve("y.png").toString());
    assertThat(recipeOf("y.png").prompt().positive()).isEqualTo("un chat");
    assertThat(recipeOf("y.png").clipSkip()).isEqualTo(2);
  }

  @Test
  void what_is_not_said_is_the_models_own() {
    write(
        "invokeai_metadata",
        "{\"positive_prompt\": \"thé (chaud)++\", \"seed\": 1, \"width\": 64, \"height\": 64, \"steps\": 1}");

    Run run = again("--out", folder + "/y.png", "--model", "songe-mini");

    assertThat(run.lines())
        .containsExactly(
            "not said, so taken from the model: guidance, sampler",
            "the signs in the prompt are read as A1111 reads them, which is not quite how InvokeAI"
                + " does",
            "the file does not say where the noise came from, so the picture may be another",
            "the model was unknown and is songe-mini here, so the pixels cannot be compared",
            folder.resolve("y.png").toString());
  }

  @Test
  void a_schedule_that_is_not_known_is_told() {
    write("parameters", EXACT + ", Schedule type: Zigzag");

    Run run = again("--out", folder + "/y.png");

    assertThat(run.lines())
        .startsWith(
            "not used: the noise schedule \"Zigzag\" is not known here, the sampler's own is taken");
  }

  @Test
  void a_models_file_is_looked_for_by_its_stem() {
    write("parameters", EXACT.replace("Model: songe-mini", "Model: sd\\songe-mini.safetensors"));

    assertThat(again().code()).as("compared").isEqualTo(6);
  }

  @Test
  void a_model_that_is_not_here_is_named() {
    write("parameters", EXACT.replace("songe-mini", "far-away"));

    Run run = again("--out", folder.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("songe: the picture was drawn by the model far-away, which");
  }

  @Test
  void a_file_that_names_no_model_needs_one() {
    write("parameters", EXACT.replace(", Model: songe-mini", ""));

    Run run = again("--out", folder.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe: "
                + picture
                + " does not say by which model it was drawn; name one with --model\n");
  }

  @Test
  void where_nothing_can_be_compared_a_place_is_asked_for_before_any_work() {
    write("parameters", EXACT.replace("RNG: CPU", "RNG: GPU"));

    Run run = again();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("say with --out where to write a new picture");
  }

  @Test
  void start_pictures_are_not_taken_silently() {
    write("parameters", EXACT);

    Run run = again("--from", "y.png");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--from is for pictures that Songe drew from others");
  }

  @Test
  void a_recipe_without_words_cannot_be_drawn() {
    write("prompt", "{\"1\": {\"class_type\": \"Magic\", \"inputs\": {}}}");

    assertThat(again("--out", folder.toString()).err()).contains("holds no recipe, so");
  }

  @Test
  void a_prompt_that_is_too_long_is_the_files_fault() {
    write("parameters", "x".repeat(10_001) + "\n" + EXACT);

    Run run = again("--out", folder.toString());

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .contains("its recipe cannot be followed: the prompt has 10009 characters");
  }

  @Test
  void damaged_texts_are_refused() {
    write("invokeai_metadata", "{\"seed\": \u001b");

    Run run = Run.songe("info", picture.toString());

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("songe: the text 'invokeai_metadata' in this picture is damaged JSON")
        .doesNotContain("\u001b");
  }

  @Test
  void foreign_text_cannot_steer_the_terminal() {
    String evil = "\u001b[31m\u202E\u009b";
    write(
        "parameters",
        evil
            + "cat\nSteps: 2, Sampler: W"
            + evil
            + ", Seed: 1, Model: m"
            + evil
            + ", Size: 64x64,"
            + " Schedule type: "
            + evil
            + ", Other: "
            + evil
            + ", Version: "
            + evil);

    Run info = Run.songe("info", picture.toString());
    Run json = Run.songe("info", picture.toString(), "--json");
    Run again = again("--model", "songe-mini", "--out", folder + "/y.png");
    Run missing = again("--out", folder + "/z.png");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(info.out() + json.out() + again.out() + missing.err())
        .doesNotContain("\u001b", "\u202E", "\u009b");
  }
}
