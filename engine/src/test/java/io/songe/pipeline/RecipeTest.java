package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.Guidance;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.edit.Edit;
import io.songe.text.Prompt;
import io.songe.text.syntax.PromptSyntax;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final Recipe RECIPE =
      new Recipe(
          Recipe.FORMAT,
          "Songe 0.1.0",
          "songe-mini",
          "9e9709de27c6cbf8911dc304d422fe1a44008408b447de86f30d7cf9621c9e20",
          new Prompt("un \"chat\" roux,\nstyle 3d \uD83D\uDC08", "flou"),
          256,
          320,
          20,
          4.5,
          0,
          "ddim",
          "model",
          Long.MAX_VALUE,
          "bf16",
          Recipe.NO_BACKGROUND,
          Optional.empty(),
          "plain",
          2,
          List.of());

  private static GeneratedImage halfTransparent() {
    return new GeneratedImage(Image.filled(2, 2, new Colour(255, 0, 0, 51)), RECIPE);
  }

  @Test
  void is_one_line_of_json_that_reads_back() {
    String json = RECIPE.toJson();

    assertThat(json).doesNotContain("\n", "blank");
    assertThat(Recipe.fromJson(json)).isEqualTo(RECIPE);
  }

  @Test
  void travels_in_the_pictures_file() {
    byte[] file = halfTransparent().toPng().encode();

    Png read = Png.decode(file, "cat.png", PngLimits.DEFAULT);

    assertThat(Recipe.of(read.texts())).hasValue(RECIPE);
  }

  @Test
  void tells_the_background_that_a_picture_was_laid_over() {
    GeneratedImage composite = halfTransparent().over(Colour.parse("sky blue"));

    assertThat(composite.image())
        .isEqualTo(halfTransparent().image().over(Colour.parse("#87ceeb")));
    assertThat(composite.recipe().background()).isEqualTo("#87ceeb");
    assertThat(Colour.parse(composite.recipe().background())).isEqualTo(Colour.parse("sky blue"));
  }

  @Test
  void over_nothing_a_picture_stays_as_it_was_drawn() {
    assertThat(halfTransparent().over(Colour.TRANSPARENT)).isEqualTo(halfTransparent());
  }

  @Test
  void a_picture_of_another_program_has_none() {
    assertThat(Recipe.of(Map.of("parameters", "a cat\nSteps: 20"))).isEmpty();
  }

  @Test
  void without_a_field_it_is_refused() {
    String json = RECIPE.toJson().replace("\"seed\":9223372036854775807,", "");

    assertThatThrownBy(() -> Recipe.fromJson(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("the recipe in this picture cannot be understood: ")
        .hasMessageContaining("seed");
  }

  private static String ofFirstFormat(String json) {
    return json.replace("\"format\":2", "\"format\":1")
        .replaceAll(",\"(syntax|clipSkip)\":[^,}]+", "");
  }

  @Test
  void of_the_first_format_it_is_read_as_what_it_meant() {
    String json = ofFirstFormat(RECIPE.toJson());

    Recipe read = Recipe.fromJson(json);

    assertThat(json).doesNotContain("syntax", "clipSkip");
    assertThat(read.prompt()).isEqualTo(RECIPE.prompt());
    assertThat(read.reading()).isEqualTo(PromptReading.literal());
    assertThat(Recipe.fromJson(read.toJson())).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"syntax\":\"a1111\"", "\"clipSkip\":2", "\"tiling\":true"})
  void of_the_first_format_it_has_no_later_fields(String field) {
    String mixed = ofFirstFormat(RECIPE.toJson()).replaceFirst("\\{", "{" + field + ",");

    assertThatThrownBy(() -> Recipe.fromJson(mixed))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("the recipe in this picture cannot be understood: ");
  }

  @Test
  void a_syntax_that_this_version_does_not_know_is_refused_when_it_is_drawn_again() {
    String json = RECIPE.toJson().replace("\"plain\"", "\"comfy\"");

    assertThatThrownBy(() -> TextToImage.request(Recipe.fromJson(json)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("unknown prompt syntax \"comfy\"; known are literal, a1111, plain");
  }

  @Test
  void of_a_later_format_it_names_the_program_to_use() {
    String json = RECIPE.toJson().replace("\"format\":2", "\"format\":3");

    assertThatThrownBy(() -> Recipe.fromJson(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "the recipe in this picture has the format 3, made by Songe 0.1.0; this version reads"
                + " format 2, use a newer one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"steps\":20              | \"steps\":\"many\"",
        "\"steps\":20              | \"steps\":null",
        "\"steps\":20              | \"steps\":99999999999",
        "\"steps\":20              | \"steps\":20,\"steps\":21",
        "\"steps\":20              | \"steps\":20,\"tiling\":true",
        "\"negative\":\"flou\"     | \"negative\":\"\\u0000\"",
        "\"negative\":\"flou\"     | \"negative\":null",
        "\"precision\":\"bf16\"    | \"precision\":[]",
        "}                         | }}",
      })
  void garbled_it_is_refused_in_one_line(String from, String to) {
    String json = RECIPE.toJson();
    String garbled = json.replace(from, to);

    assertThat(garbled).isNotEqualTo(json);
    assertThatThrownBy(() -> Recipe.fromJson(garbled))
        .isInstanceOf(BrokenFileException.class)
        .message()
        .startsWith("the recipe in this picture cannot be understood: ")
        .hasSizeLessThan(200)
        .doesNotContain("\n");
  }

  @Test
  void its_values_are_checked_when_it_is_drawn_again() {
    String json = RECIPE.toJson().replace("\"steps\":20", "\"steps\":0");

    assertThatThrownBy(() -> TextToImage.request(Recipe.fromJson(json)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the number of steps must be from 1 to 1000, got 0");
  }

  @Test
  void a_request_of_it_asks_for_the_same() {
    GenerationRequest request = TextToImage.request(RECIPE);

    assertThat(request)
        .isEqualTo(
            new GenerationRequest(
                RECIPE.prompt(),
                256,
                320,
                20,
                new Guidance.ClassifierFree(4.5),
                Samplers.choose("ddim", "model"),
                Long.MAX_VALUE,
                1,
                Edit.NONE,
                new PromptReading(PromptSyntax.PLAIN, 2)));
  }

  @Test
  void in_the_words_of_other_programs_it_has_the_labels_of_the_registry() {
    String text = halfTransparent().toPng().texts().get("parameters");

    ParametersText read = ParametersText.parse(Objects.requireNonNull(text));

    assertThat(read.prompt()).isEqualTo(RECIPE.prompt().positive());
    assertThat(read.negativePrompt()).isEqualTo(RECIPE.prompt().negative());
    assertThat(read.value("Sampler")).hasValue(Samplers.get(RECIPE.sampler()).label());
    assertThat(read.value("Schedule type")).hasValue(SigmaSchedules.get(RECIPE.schedule()).label());
    assertThat(read.value("Steps")).hasValue("20");
    assertThat(read.value("CFG scale")).hasValue("4.5");
    assertThat(read.value("Seed")).hasValue("9223372036854775807");
    assertThat(read.value("Size")).hasValue("256x320");
    assertThat(read.value("Model hash")).hasValue("9e9709de27");
    assertThat(read.value("Model")).hasValue("songe-mini");
    assertThat(read.value("Version")).hasValue("Songe 0.1.0");
    assertThat(read.value("Guidance rescale")).isEmpty();
    assertThat(read.value("Clip skip")).hasValue("2");
    assertThat(read.value("Emphasis")).isEmpty();
  }

  @Test
  void in_the_words_of_other_programs_a_background_is_told() {
    GeneratedImage over = halfTransparent().over(Colour.opaque(1, 2, 3));

    assertThat(ParametersText.parse(text(halfTransparent())).value("Background")).isEmpty();
    assertThat(ParametersText.parse(text(over)).value("Background")).hasValue("#010203");
  }

  @Test
  void words_that_are_signs_to_other_programs_tell_how_they_were_read() {
    String json =
        RECIPE.toJson().replace("\"plain\"", "\"literal\"").replace("flou", "salt AND pepper");
    GeneratedImage picture = new GeneratedImage(halfTransparent().image(), Recipe.fromJson(json));

    assertThat(ParametersText.parse(text(picture)).value("Emphasis")).hasValue("None");
  }

  private static String text(GeneratedImage picture) {
    return Objects.requireNonNull(picture.toPng().texts().get(ParametersText.KEYWORD));
  }

  @ParameterizedTest
  @CsvSource({"literal, None", "a1111,", "plain, No norm"})
  void the_weights_of_brackets_have_the_names_of_other_programs(
      String syntax, @Nullable String name) {
    String json =
        RECIPE.toJson().replace("\"plain\"", '"' + syntax + '"').replace("flou", "(flou)");
    GeneratedImage picture = new GeneratedImage(halfTransparent().image(), Recipe.fromJson(json));

    String text = picture.toPng().texts().get("parameters");

    assertThat(ParametersText.parse(Objects.requireNonNull(text)).value("Emphasis"))
        .isEqualTo(Optional.ofNullable(name));
  }
}
