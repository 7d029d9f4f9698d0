package io.songe.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.TaughtThings;
import io.songe.drawing.Wish;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Mask;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.jobs.Order;
import io.songe.mini.SongeMini;
import io.songe.pictures.PictureFormat;
import io.songe.pipeline.edit.Edit;
import io.songe.pipeline.edit.Masking;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is asked of the studio for what clients ask of this interface. */
final class MappingTest {
  private static final ModelCard MODEL = ModelCard.read(SongeMini.folder());

  @TempDir private static Path folder;
  private static FakeServer server;

  @BeforeAll
  static void start() {
    server = new FakeServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Wish fox(String fields) throws Exception {
    server.fox(fields);
    return server.wish();
  }

  @Test
  void words_alone_leave_the_rest_to_the_model() throws Exception {
    Wish wish = fox("'n': null, 'size': 'auto', 'quality': 'auto', 'background': 'auto'");

    assertThat(wish.owner()).isEqualTo("local");
    assertThat(wish.door()).isEqualTo(Order.Door.OPENAI);
    assertThat(wish.model()).contains("songe-mini");
    assertThat(wish.prompt().negative()).isEmpty();
    assertThat(wish.width()).isEmpty();
    assertThat(wish.steps()).contains(MODEL.steps());
    assertThat(wish.guidance()).isEmpty();
    assertThat(wish.seed()).isEmpty();
    assertThat(wish.count()).isEqualTo(1);
    assertThat(wish.background()).isEqualTo(Colour.TRANSPARENT);
    assertThat(wish.edit()).isEqualTo(Edit.NONE);
    assertThat(wish.kept()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"low, 10", "medium, 20", "standard, 20", "auto, 20", "high, 40", "hd, 40"})
  void quality_is_a_number_of_steps(String quality, int steps) throws Exception {
    assertThat(fox("'quality': '" + quality + "'").steps()).contains(steps);
  }

  @ParameterizedTest
  @CsvSource({"vivid, 5", "natural, 3"})
  void openais_styles_change_the_guidance(String style, double guidance) throws Exception {
    Wish wish = fox("'style': '" + style + "'");

    assertThat(wish.guidance()).contains(guidance);
    assertThat(wish.style()).isEmpty();
  }

  @Test
  void the_models_own_styles_are_styles_too_and_the_new_prompt_is_told() throws Exception {
    JsonNode answer = server.fox("'style': 'noto'");

    assertThat(server.wish().style()).isEqualTo("noto");
    assertThat(server.wish().guidance()).isEmpty();
    assertThat(answer.at("/data/0/revised_prompt").stringValue()).isEqualTo("a fox, noto style");
  }

  @Test
  void a_prompt_that_was_not_changed_is_not_told() throws Exception {
    assertThat(server.fox("").at("/data/0").has("revised_prompt")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "opaque, png, #ffffff",
    "transparent, png, transparent",
    "auto, webp, transparent",
    "auto, jpeg, #ffffff"
  })
  void what_is_behind_a_picture_is_white_or_nothing(String background, String format, String colour)
      throws Exception {
    Wish wish = fox("'background': '%s', 'output_format': '%s'".formatted(background, format));

    assertThat(wish.background()).isEqualTo(Colour.parse(colour));
  }

  @Test
  void a_seed_and_what_to_keep_away_from_are_understood_beside_openais_fields() throws Exception {
    Wish wish = fox("'seed': 7, 'negative_prompt': 'text', 'n': 10, 'user': 'ada'");

    assertThat(wish.seed()).contains(7L);
    assertThat(wish.prompt().negative()).isEqualTo("text");
    assertThat(wish.count()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dall-e-2", "dall-e-3", "gpt-image-1-mini", "chatgpt-image-latest"})
  void names_of_openais_models_stand_for_the_usual_one(String name) throws Exception {
    assertThat(fox("'model': '" + name + "'").model()).contains("songe-mini");
  }

  @ParameterizedTest
  @CsvSource({
    "dall-e-2, url",
    "dall-e-3, url",
    "songe-mini, url",
    "gpt-image-1, b64_json",
    "chatgpt-image-latest, b64_json"
  })
  void each_generation_of_clients_gets_what_it_expects(String model, String field)
      throws Exception {
    assertThat(server.fox("'model': '" + model + "'").at("/data/0").propertyNames())
        .containsExactly(field);
  }

  @Test
  void a_size_that_suits_the_model_is_drawn_at_once() throws Exception {
    Wish wish = fox("'size': '256x384'");

    assertThat(wish.width()).contains(256);
    assertThat(wish.height()).contains(384);
    assertThat(wish.edit()).isEqualTo(Edit.NONE);
  }

  @Test
  void a_size_that_is_too_large_for_the_model_is_composed_smaller() throws Exception {
    Wish wish = fox("'size': '1792x1024', 'quality': 'low'");

    assertThat(wish.width()).contains(336);
    assertThat(wish.height()).contains(192);
    assertThat(wish.edit().secondPass())
        .isInstanceOfSatisfying(
            SecondPass.Enlarged.class,
            enlarged -> {
              assertThat(enlarged.width()).isEqualTo(1792);
              assertThat(enlarged.height()).isEqualTo(1024);
              assertThat(enlarged.steps()).isEqualTo(10);
            });
  }

  private static Image blue(int width, int height) {
    return Image.filled(width, height, Colour.opaque(30, 60, 200));
  }

  private static byte[] file(Image image) {
    return new Png(image).encode();
  }

  private static byte[] hole(int width, int height) {
    return file(Image.filled(width, height, Colour.TRANSPARENT));
  }

  @ParameterizedTest
  @CsvSource({"low, 0.75", "high, 0.5"})
  void an_edit_without_a_mask_begins_with_its_picture(String fidelity, double strength)
      throws Exception {
    server.sent(
        FakeServer.EDITS,
        "prompt",
        "a hat",
        "image@",
        file(blue(72, 64)),
        "input_fidelity",
        fidelity);

    assertThat(server.wish().width()).isEmpty();
    assertThat(server.wish().edit().start())
        .isInstanceOfSatisfying(
            Start.Picture.class,
            start -> {
              assertThat(start.picture().image()).isEqualTo(blue(72, 64));
              assertThat(start.strength()).isEqualTo(strength);
            });
  }

  private static Masking masking() {
    return ((Start.Inpainted) server.wish().edit().start()).masking();
  }

  @Test
  void a_mask_is_drawn_where_it_is_transparent() throws Exception {
    server.sent(
        FakeServer.EDITS, "prompt", "a hat", "image[]@", file(blue(72, 64)), "mask@", hole(72, 64));

    assertThat(masking().convention()).isEqualTo(Mask.Convention.TRANSPARENT);
    assertThat(masking().area()).isEqualTo(new Masking.Area.Whole());
    assertThat(server.wish().width()).contains(72);
    assertThat(server.wish().height()).contains(64);
  }

  @Test
  void of_a_picture_that_is_too_large_for_the_model_only_the_masks_surroundings_are_drawn()
      throws Exception {
    server.sent(
        FakeServer.EDITS,
        "prompt",
        "a hat",
        "image@",
        file(blue(512, 512)),
        "mask@",
        hole(512, 512),
        "size",
        "512x512");

    assertThat(masking().area()).isInstanceOf(Masking.Area.AroundMask.class);
    assertThat(server.wish().width()).isEmpty();
  }

  @Test
  void another_size_than_the_pictures_is_drawn_as_a_whole() throws Exception {
    server.sent(
        FakeServer.EDITS,
        "prompt",
        "a hat",
        "image@",
        file(blue(100, 100)),
        "mask@",
        hole(100, 100),
        "size",
        "128x64");

    assertThat(masking().area()).isEqualTo(new Masking.Area.Whole());
    assertThat(server.wish().width()).contains(128);
  }

  @Test
  void an_edit_may_be_json_with_the_pictures_in_it() throws Exception {
    String picture =
        "data:image/png;base64," + Base64.getEncoder().encodeToString(file(blue(64, 64)));

    int status =
        server
            .post(
                FakeServer.EDITS,
                """
                {"prompt": "a hat", "images": [{"image_url": "%s"}], "n": 2, "stream": false}
                """
                    .formatted(picture))
            .statusCode();

    assertThat(status).isEqualTo(200);
    assertThat(server.wish().edit().start()).isInstanceOf(Start.Picture.class);
    assertThat(server.wish().count()).isEqualTo(2);
  }

  @Test
  void a_variation_has_the_words_of_its_picture_whoever_made_it() throws Exception {
    Png foreign =
        new Png(blue(64, 64))
            .withText(
                ParametersText.KEYWORD,
                "an owl\nNegative prompt: rain\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 1,"
                    + " Size: 64x64");

    server.sent(FakeServer.VARIATIONS, "image@", foreign.encode(), "n", "2");

    assertThat(server.wish().prompt().positive()).isEqualTo("an owl");
    assertThat(server.wish().prompt().negative()).isEqualTo("rain");
    assertThat(server.wish().count()).isEqualTo(2);
  }

  @Test
  void a_variation_of_a_picture_that_says_nothing_has_no_words() throws Exception {
    server.sent(FakeServer.VARIATIONS, "image@", file(blue(64, 64)), "size", "64x64");

    assertThat(server.wish().prompt().positive()).isEmpty();
    assertThat(server.wish().edit().start()).isInstanceOf(Start.Picture.class);
    assertThat(server.wish().width()).isEqualTo(Optional.of(64));
  }

  /** Some models need as few as two steps, and a share of those would be none. */
  @Test
  void what_is_enlarged_is_sharpened_however_few_steps_the_model_needs() {
    ModelCard hasty =
        new ModelCard(
            "hasty", "unknown", List.of(), TaughtThings.UNSAID, 64, 1, 1, 0, Optional.empty());
    Settings settings =
        new Settings(
            Prompt.of("a fox"),
            new NamedModel("hasty", hasty),
            1,
            Optional.of(new Size(512, 512)),
            Quality.LOW,
            new Settings.Look("", Optional.empty()),
            Background.AUTO,
            Optional.empty(),
            new Delivery(PictureFormat.PNG, 100, false, false, 0));

    SecondPass pass = Drawing.fromWords(settings).edit().secondPass();

    SecondPass.Enlarged enlarged = (SecondPass.Enlarged) pass;
    assertThat((int) (enlarged.steps() * enlarged.strength())).isPositive();
  }
}
