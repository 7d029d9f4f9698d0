package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.text.Prompt;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
          Recipe.NO_BACKGROUND);

  private static GeneratedImage halfTransparent() {
    return new GeneratedImage(Image.filled(2, 2, new Colour(255, 0, 0, 51)), RECIPE);
  }

  @Test
  void is_one_line_of_json_that_reads_back() {
    String json = RECIPE.toJson();

    assertThat(json).doesNotContain("\n");
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

  @Test
  void of_a_later_format_it_names_the_program_to_use() {
    String json = RECIPE.toJson().replace("\"format\":1", "\"format\":2");

    assertThatThrownBy(() -> Recipe.fromJson(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "the recipe in this picture has the format 2, made by Songe 0.1.0; this version reads"
                + " format 1, use a newer one");
  }
}
