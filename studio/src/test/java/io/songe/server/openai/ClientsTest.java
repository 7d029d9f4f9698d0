package io.songe.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.RequestOptions;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.models.images.Image;
import com.openai.models.images.ImageCreateVariationParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import com.openai.models.models.Model;
import io.songe.image.Colour;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.image.SourceMark;
import io.songe.jobs.Job;
import io.songe.jobs.JobState;
import io.songe.pictures.PictureUpload;
import io.songe.pipeline.Recipe;
import io.songe.server.NodeClient;
import io.songe.server.QuickModel;
import io.songe.server.Server;
import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A studio that draws with the bundled model, in few steps, spoken to by OpenAI's own clients, for
 * Java and for JavaScript.
 */
@SuppressWarnings("deprecation") // of OpenAI's client: what OpenAI no longer wants is spoken here
final class ClientsTest {
  private static final int SIDE = QuickModel.SIDE;

  @TempDir private static Path folder;
  private static Studio studio;
  private static Server server;
  private static OpenAIClient client;

  @BeforeAll
  static void start() throws IOException {
    Path models = folder.resolve("models");
    QuickModel.in(models);
    Files.createDirectories(models.resolve("torn"));
    Files.writeString(models.resolve("torn").resolve("model_index.json"), "{");
    studio =
        Studio.open(
            StudioSettings.usual(folder.resolve("studio"), models).withModel(QuickModel.NAME),
            Clock.systemUTC());
    server =
        Server.start("127.0.0.1", 0, List.of(new OpenAiDoor(studio, Clock.systemUTC())), false);
    client = OpenAIOkHttpClient.builder().baseUrl(address()).apiKey("sk-any").maxRetries(0).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
    studio.close();
  }

  private static String address() {
    return "http://127.0.0.1:" + server.port() + "/v1";
  }

  private static ImageGenerateParams.Builder fox() {
    return ImageGenerateParams.builder().prompt("a fox").quality(ImageGenerateParams.Quality.LOW);
  }

  private static List<Image> pictures(ImagesResponse answer) {
    return answer.data().orElseThrow();
  }

  private static Png png(Image picture) {
    return png(picture.b64Json().orElseThrow());
  }

  private static Png png(String base64) {
    return Png.decode(Base64.getDecoder().decode(base64), "answer", PngLimits.DEFAULT);
  }

  @Test
  void a_picture_says_how_it_was_made_and_can_be_made_again() {
    ImagesResponse answer =
        client
            .images()
            .generate(
                fox()
                    .model("gpt-image-1")
                    .putAdditionalBodyProperty("seed", JsonValue.from(7))
                    .build());

    Png picture = png(pictures(answer).getFirst());
    Recipe recipe = Recipe.of(picture.texts()).orElseThrow();
    assertThat(recipe.prompt().positive()).isEqualTo("a fox");
    assertThat(recipe.seed()).isEqualTo(7);
    assertThat(recipe.steps()).isEqualTo(QuickModel.STEPS / 2);
    assertThat(picture.texts().get("parameters")).contains("a fox", "Seed: 7", "Size: 64x64");
    assertThat(SourceMark.TRAINED_ALGORITHMIC_MEDIA.isIn(picture.texts())).isTrue();
    assertThat(recipe.background()).isEqualTo("transparent");
    assertThat(answer.usage().orElseThrow().outputTokens()).isEqualTo(16);
  }

  @Test
  void pictures_behind_links_are_those_of_the_gallery() throws Exception {
    ImagesResponse answer =
        client
            .images()
            .generate(
                fox()
                    .n(2)
                    .model("dall-e-2")
                    .responseFormat(ImageGenerateParams.ResponseFormat.URL)
                    .background(ImageGenerateParams.Background.OPAQUE)
                    .build());

    assertThat(pictures(answer)).hasSize(2);
    byte[] file = fetch(pictures(answer).get(1).url().orElseThrow());
    Png picture = Png.decode(file, "answer", PngLimits.DEFAULT);
    assertThat(picture.image().hasTransparency()).isFalse();
    assertThat(Recipe.of(picture.texts()).orElseThrow().background())
        .isEqualTo(Colour.WHITE.toString());
    assertThat(answer.background()).contains(ImagesResponse.Background.OPAQUE);
  }

  private static byte[] fetch(String link) throws Exception {
    try (InputStream in = URI.create(link).toURL().openStream()) {
      return in.readAllBytes();
    }
  }

  @Test
  void pictures_of_other_formats_say_how_they_were_made_too() {
    ImagesResponse answer =
        client
            .images()
            .generate(
                fox()
                    .model("gpt-image-1")
                    .outputFormat(ImageGenerateParams.OutputFormat.JPEG)
                    .outputCompression(80)
                    .build());

    byte[] file = Base64.getDecoder().decode(pictures(answer).getFirst().b64Json().orElseThrow());
    PictureUpload picture = PictureUpload.read(file);
    assertThat(picture.kind()).isEqualTo(PictureUpload.Kind.JPEG);
    assertThat(picture.texts().get(PictureTexts.USER_COMMENT)).contains("a fox");
  }

  @Test
  void a_stream_ends_with_the_picture() {
    List<ImageGenStreamEvent> events;
    try (StreamResponse<ImageGenStreamEvent> stream =
        client.images().generateStreaming(fox().partialImages(1).build())) {
      events = stream.stream().toList();
    }

    assertThat(events.getFirst().isGenerationPartialImage()).isTrue();
    Png preview = png(events.getFirst().asGenerationPartialImage().b64Json());
    assertThat(preview.image().width()).isEqualTo(SIDE);
    assertThat(SourceMark.TRAINED_ALGORITHMIC_MEDIA.isIn(preview.texts())).isTrue();
    Png picture = png(events.getLast().asGenerationCompleted().b64Json());
    assertThat(Recipe.of(picture.texts())).isPresent();
  }

  /** {@return a mask, of which the upper half is to be drawn} */
  private static byte[] upperHalf() {
    byte[] rgba = new byte[4 * SIDE * SIDE];
    Arrays.fill(rgba, rgba.length / 2, rgba.length, (byte) -1);
    return new Png(io.songe.image.Image.of(SIDE, SIDE, rgba)).encode();
  }

  @Test
  void an_edit_leaves_what_the_mask_keeps() {
    io.songe.image.Image start =
        io.songe.image.Image.filled(SIDE, SIDE, Colour.opaque(30, 60, 200));

    ImagesResponse answer =
        client
            .images()
            .edit(
                ImageEditParams.builder()
                    .image(new Png(start).encode())
                    .mask(upperHalf())
                    .prompt("a red balloon")
                    .quality(ImageEditParams.Quality.LOW)
                    .responseFormat(ImageEditParams.ResponseFormat.B64_JSON)
                    .build());

    Png picture = png(pictures(answer).getFirst());
    assertThat(picture.image().at(5, SIDE - 2)).isEqualTo(Colour.opaque(30, 60, 200));
    assertThat(picture.image().crop(0, 0, SIDE, SIDE / 4))
        .isNotEqualTo(start.crop(0, 0, SIDE, SIDE / 4));
    assertThat(SourceMark.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA.isIn(picture.texts())).isTrue();
    assertThat(answer.usage().orElseThrow().inputTokensDetails().imageTokens()).isEqualTo(32);
  }

  @Test
  void a_variation_is_drawn_from_its_pictures_own_words() {
    ImagesResponse first = client.images().generate(fox().model("gpt-image-1").build());
    byte[] fox = Base64.getDecoder().decode(pictures(first).getFirst().b64Json().orElseThrow());

    ImagesResponse answer =
        client
            .images()
            .createVariation(
                ImageCreateVariationParams.builder()
                    .image(fox)
                    .responseFormat(ImageCreateVariationParams.ResponseFormat.B64_JSON)
                    .build());

    Recipe recipe = Recipe.of(png(pictures(answer).getFirst()).texts()).orElseThrow();
    assertThat(recipe.prompt().positive()).isEqualTo("a fox");
    assertThat(recipe.width()).isEqualTo(SIDE);
    assertThat(recipe.edit()).isPresent();
  }

  @Test
  void models_are_those_at_hand_and_known_names_stand_for_the_usual_one() {
    List<Model> models = client.models().list().data();

    assertThat(models).extracting(Model::id).containsExactly("quick", "songe-mini", "torn");
    assertThat(client.models().retrieve("dall-e-3").id()).isEqualTo("dall-e-3");
    assertThatThrownBy(() -> client.models().retrieve("sdxl"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void a_mistake_is_shown_by_the_client_in_our_words() {
    assertThatThrownBy(() -> client.images().generate(fox().n(0).build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("n must be a whole number from 1 to 10, got 0");
  }

  @Test
  void a_broken_model_is_refused_without_a_path_of_this_machine() {
    assertThatThrownBy(() -> client.images().generate(fox().model("torn").build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("torn")
        .hasMessageNotContaining(folder.toString());
  }

  @Test
  void a_client_that_loses_patience_stops_the_drawing() {
    ImageGenerateParams.Builder many = fox().prompt("ten foxes").n(10).size("512x512");

    RequestOptions hasty = RequestOptions.builder().timeout(Duration.ofMillis(700)).build();
    assertThatThrownBy(() -> client.images().generate(many.build(), hasty))
        .isInstanceOf(OpenAIIoException.class);

    Job job =
        studio.queue().list("local", 100).stream()
            .filter(each -> each.order().recipe().prompt().positive().equals("ten foxes"))
            .findFirst()
            .orElseThrow();
    await(() -> studio.queue().find("local", job.id()).orElseThrow().state().isOver());
    Job ended = studio.queue().find("local", job.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(JobState.CANCELLED);
    assertThat(ended.pictures()).hasSizeLessThan(10);
  }

  private static void await(BooleanSupplier wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** What {@code openai.mjs} prints, a line for each of its calls. */
  @Test
  void the_client_for_javascript_understands_every_answer() {
    String printed =
        NodeClient.run("openai.mjs", address(), Base64.getEncoder().encodeToString(upperHalf()));

    JsonNode said = new JsonMapper().readTree(printed);
    assertThat(said.propertyNames().stream().collect(Collectors.toList()))
        .containsExactly(
            "b64",
            "link",
            "stream",
            "mask",
            "edit",
            "editStream",
            "variation",
            "models",
            "mistake");
    for (String picture : List.of("b64", "link", "mask", "edit", "variation")) {
      byte[] file = Base64.getDecoder().decode(said.path(picture).stringValue());
      Png png = Png.decode(file, picture, PngLimits.DEFAULT);
      assertThat(Recipe.of(png.texts()).map(Recipe::width))
          .as(picture)
          .isEqualTo(Optional.of(SIDE));
    }
    assertThat(said.path("stream").toString())
        .isEqualTo("[\"image_generation.partial_image\",\"image_generation.completed\"]");
    assertThat(said.path("editStream").toString()).isEqualTo("[\"image_edit.completed\"]");
    assertThat(said.path("models").toString())
        .isEqualTo("[\"quick\",\"songe-mini\",\"torn\",\"gpt-image-1\"]");
    assertThat(said.path("mistake").stringValue())
        .isEqualTo("400 size size must be auto or WIDTHxHEIGHT such as 512x512, got 'large'");
  }
}
