package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.format.JsonConfigWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {
  private static final Map<String, String> PHRASES =
      Map.of("en", "{prompt}, {style} style", "fr", "{prompt}, style {style}");

  private static final ModelCard CARD =
      new ModelCard(
          "petit modèle",
          "CC-BY-4.0",
          List.of(new DrawingStyle("3d", PHRASES), new DrawingStyle("flat", PHRASES)),
          new TaughtThings(Map.of("en", List.of("ant", "apple"), "fr", List.of("pomme"))),
          512,
          30,
          6.5,
          0.7,
          Optional.of("0123456789abcdef".repeat(4)));

  private static final String JSON =
      """
      {"name": "tiny", "licence": "CC0-1.0", "side": 64, "steps": 20, "guidance_scale": 7.5,
       "styles": ["3d"], "style_phrases": {"en": "{prompt}, {style} style"},
       "weights_sha256": null}
      """;

  @TempDir Path temporary;

  private ModelCard read(String json) throws IOException {
    Path file = temporary.resolve("songe.json");
    Files.writeString(file, json);
    return ModelCardJson.read(file);
  }

  @Test
  void what_is_written_is_read_again() {
    Path file = temporary.resolve("songe.json");

    JsonConfigWriter.write(file, ModelCardJson.write(CARD));

    assertThat(ModelCardJson.read(file)).isEqualTo(CARD);
  }

  @Test
  void without_a_file_it_has_the_usual_values_and_the_folders_name() {
    ModelCard card = ModelCard.read(TinyModel.copyTo(temporary.resolve("my model")).folder());

    assertThat(card)
        .isEqualTo(
            new ModelCard(
                "my model",
                "unknown",
                List.of(),
                TaughtThings.UNSAID,
                64,
                20,
                7.5,
                0,
                Optional.empty()));
  }

  @Test
  void the_file_counts_where_there_is_one() throws IOException {
    TinyModel model = TinyModel.copyTo(temporary.resolve("model"));
    Files.writeString(model.file("songe.json"), JSON.replace("\"side\": 64", "\"side\": 32"));

    assertThat(ModelCard.read(model.folder()).side()).isEqualTo(32);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"tiny\"                   | \"\"                | a model's name is one line",
        "\"tiny\"                   | \"a\\nb\"            | a model's name is one line",
        "\"side\": 64               | \"side\": 60        | multiple of 8 up to 4096, got 60",
        "\"side\": 64               | \"side\": 65536     | multiple of 8 up to 4096, got 65536",
        "\"steps\": 20              | \"steps\": 0        | steps are from 1 to 1000, got 0",
        "\"guidance_scale\": 7.5    | \"guidance_scale\": 7.5, \"guidance_rescale\": 1.5"
            + " | guidance_rescale is from 0 to 1, got 1.5",
        "\"weights_sha256\": null   | \"weights_sha256\": \"12\" | 64 hexadecimal digits, got",
        "\"en\"                     | \"de\"              | need an English one, 'en', got [de]",
        "{prompt}, {style} style    | {style} style       | needs {prompt} and {style}, got",
        "\"style_phrases\"          | \"phrases\"         | has styles and no style_phrases",
        "\"steps\": 20              | \"steps\": 20, \"things\": {\"en\": [\"\"]} | a model's thing is one line",
        "\"licence\"                | \"license\"         | lacks the option 'licence'",
        "\"weights_sha256\"         | \"sha256\"          | unknown option 'sha256'",
      })
  void what_cannot_be_is_refused_with_the_file(String from, String to, String says) {
    String json = JSON.replace(from, to);

    assertThat(json).isNotEqualTo(JSON);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("/songe.json: ")
        .hasMessageContaining(says);
  }

  @Test
  void styles_asked_for_in_different_phrases_cannot_be_written() {
    ModelCard card =
        new ModelCard(
            "m",
            "unknown",
            List.of(
                new DrawingStyle("3d", PHRASES),
                new DrawingStyle("flat", Map.of("en", "{style} {prompt}"))),
            TaughtThings.UNSAID,
            64,
            20,
            7.5,
            0,
            Optional.empty());

    assertThatThrownBy(() -> ModelCardJson.write(card))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("all asked for in the same phrases");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a red cat              | a red cat, 3d style",
        "un chat                | un chat, style 3d",
        "Fusée sur la Lune      | Fusée sur la Lune, style 3d",
        "pizza                  | pizza, 3d style",
      })
  void a_style_is_asked_for_in_the_prompts_language(String prompt, String asked) {
    assertThat(CARD.styles().getFirst().applyTo(prompt)).isEqualTo(asked);
  }

  @Test
  void without_a_french_phrase_a_style_is_asked_for_in_english() {
    DrawingStyle style = new DrawingStyle("3d", Map.of("en", "{prompt}, {style} style"));

    assertThat(style.applyTo("un chat")).isEqualTo("un chat, 3d style");
  }
}
