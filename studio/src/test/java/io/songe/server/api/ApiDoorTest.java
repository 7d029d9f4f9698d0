package io.songe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.server.api.ApiStudio.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The interface with a real studio behind it. */
class ApiDoorTest {
  private static final String SMALL = "\"width\": 64, \"height\": 64, \"steps\": 2";

  @TempDir static Path folder;
  private static ApiStudio studio;

  @BeforeAll
  static void open() {
    studio = new ApiStudio(folder);
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  private static String pictureOf(JsonNode job) {
    assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("finished");
    return job.get("pictures").get(0).stringValue();
  }

  private static String drawn(String more) {
    return pictureOf(studio.draw("{\"phrase\": \"a red fox\", " + SMALL + more + "}"));
  }

  private static String input(Colour colour, int width, int height) {
    Answer answer =
        studio.send(
            "POST",
            "/api/inputs",
            "image/png",
            new Png(Image.filled(width, height, colour)).encode());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("id").stringValue();
  }

  @ParameterizedTest
  @CsvSource({"a red fox, true", "un château, false"})
  void a_job_tells_whether_its_model_may_know_what_is_named(String phrase, boolean taught) {
    JsonNode job = studio.draw("{\"phrase\": \"" + phrase + "\", " + SMALL + "}");

    assertThat(job.get("taught").booleanValue()).isEqualTo(taught);
  }

  @Test
  void a_job_becomes_pictures_of_the_gallery() {
    JsonNode job =
        studio.draw(
            "{\"phrase\": \"a red fox\", \"style\": \"flat\", \"seed\": 7, \"count\": 2, "
                + "\"guidanceRescale\": 0.25, "
                + SMALL
                + "}");

    String id = pictureOf(job);
    JsonNode picture = studio.get("/api/pictures/" + id).json();
    assertThat(job.get("pictures")).hasSize(2);
    assertThat(job.get("phrase").stringValue()).isEqualTo("a red fox");
    assertThat(picture.get("phrase").stringValue()).isEqualTo("a red fox");
    assertThat(picture.get("style").stringValue()).isEqualTo("flat");
    assertThat(picture.get("made").get("phrase").stringValue()).isEqualTo("a red fox");
    assertThat(picture.get("made").get("text").stringValue()).contains("Seed: 7");
    assertThat(picture.get("made").get("guidanceRescale").doubleValue()).isEqualTo(0.25);
    assertThat(picture.get("recipe").get("guidanceRescale").doubleValue()).isEqualTo(0.25);
    assertThat(picture.get("recipe").get("prompt").get("positive").stringValue())
        .isEqualTo("a red fox, flat style");
  }

  @Test
  void files_and_thumbnails_are_kept_by_browsers_and_never_guessed_at() {
    String id = drawn("");

    Answer file = studio.get("/api/pictures/" + id + "/file");
    Answer small = studio.get("/api/pictures/" + id + "/thumbnail?side=128");

    assertThat(file.header("Content-Type")).isEqualTo("image/png");
    assertThat(small.header("Content-Type")).isEqualTo("image/webp");
    for (Answer answer : new Answer[] {file, small}) {
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(answer.header("Cache-Control")).contains("private").contains("immutable");
    }
    assertThat(Png.decode(file.bytes(), "it", PngLimits.DEFAULT).texts()).containsKey("songe");
  }

  @Test
  void a_file_can_be_laid_over_a_colour_and_saved() {
    String id = drawn("");

    Answer white = studio.get("/api/pictures/" + id + "/file?background=%23fffbf0&download=true");

    Png png = Png.decode(white.bytes(), "it", PngLimits.DEFAULT);
    assertThat(png.image().hasTransparency()).isFalse();
    assertThat(png.texts()).containsKey("songe");
    assertThat(white.header("Content-Disposition")).startsWith("attachment; filename=\"");
  }

  @Test
  void pictures_are_searched_marked_collected_thrown_away_and_taken_back() {
    String id = pictureOf(studio.draw("{\"phrase\": \"a lonely lighthouse\", " + SMALL + "}"));
    String path = "/api/pictures/" + id;

    studio.send(
        "PATCH",
        path,
        "application/json",
        "{\"favourite\": true, \"stars\": 4}".getBytes(StandardCharsets.UTF_8));
    Answer collected =
        studio.send(
            "PUT", "/api/collections/the%20sea/pictures/" + id, "application/json", new byte[0]);
    JsonNode found =
        studio.get("/api/pictures?q=lighthouse&favourite=true&stars=4&collection=the%20sea").json();
    JsonNode gone = studio.send("DELETE", path, "application/json", new byte[0]).json();
    JsonNode back = studio.post(path + "/restore", "{}").json();

    assertThat(collected.status()).as(collected.text()).isEqualTo(200);
    assertThat(found.get("total").intValue()).isEqualTo(1);
    assertThat(found.get("pictures").get(0).get("stars").intValue()).isEqualTo(4);
    assertThat(found.get("facets").get("shape").get("square").intValue()).isEqualTo(1);
    assertThat(studio.get("/api/collections").json().get("collections").get("the sea").intValue())
        .isEqualTo(1);
    assertThat(gone.get("trashed").booleanValue()).isTrue();
    assertThat(back.get("trashed").booleanValue()).isFalse();
  }

  @Test
  void parameters_in_the_phrase_change_the_drawing() {
    studio.post("/api/queue/pause", "{}");
    JsonNode job =
        studio
            .post(
                "/api/jobs",
                "{\"phrase\": \"a cat --ar 2:1 --seed 9 --no dogs --tile --stop 50 --repeat 2"
                    + " --stylize 0\", \"steps\": 8, \"negative\": \"rain\"}")
            .json();
    studio.send(
        "POST",
        "/api/jobs/" + job.get("id").stringValue() + "/cancel",
        "application/json",
        new byte[0]);
    JsonNode more = studio.get("/api/jobs/" + job.get("more").get(0).stringValue()).json();
    studio.send(
        "POST",
        "/api/jobs/" + more.get("id").stringValue() + "/cancel",
        "application/json",
        new byte[0]);
    studio.post("/api/queue/resume", "{}");

    assertThat(job.get("phrase").stringValue()).isEqualTo("a cat");
    assertThat(job.get("negative").stringValue()).isEqualTo("rain, dogs");
    assertThat(job.get("width").intValue()).isEqualTo(360);
    assertThat(job.get("height").intValue()).isEqualTo(184);
    assertThat(job.get("seed").longValue()).isEqualTo(9);
    assertThat(more.get("seed").longValue()).isEqualTo(10);
    assertThat(job.get("steps").intValue()).isEqualTo(4);
    assertThat(job.get("guidance").doubleValue()).isEqualTo(2.5);
  }

  @Test
  void chaos_mixes_in_another_noise_and_image_weight_is_the_less_strength() {
    JsonNode wild = studio.draw("{\"phrase\": \"a hill --chaos 50 --seed 3\", " + SMALL + "}");
    JsonNode faithful =
        studio.draw(
            "{\"phrase\": \"a hill --iw 1\", \"steps\": 4, \"start\": {\"input\": \""
                + input(Colour.opaque(0, 120, 0), 64, 64)
                + "\"}}");

    JsonNode varied = studio.get("/api/pictures/" + pictureOf(wild)).json();
    JsonNode begun = studio.get("/api/pictures/" + pictureOf(faithful)).json();
    assertThat(varied.at("/recipe/edit/variation/strength").doubleValue()).isEqualTo(0.6);
    assertThat(varied.get("seed").intValue()).isEqualTo(3);
    assertThat(begun.at("/made/strength").doubleValue()).isEqualTo(0.55);
  }

  @Test
  void a_drawing_begins_with_an_input_through_a_mask() {
    String picture = input(Colour.opaque(0, 90, 200), 64, 64);
    String mask = input(Colour.WHITE, 64, 64);

    JsonNode job =
        studio.draw(
            """
            {"phrase": "a sun", "steps": 2, "start": {"input": "%s", "kind": "inpaint",
             "mask": {"input": "%s", "blur": 0}, "strength": 0.5}}
            """
                .formatted(picture, mask));

    JsonNode drawn = studio.get("/api/pictures/" + pictureOf(job)).json();
    assertThat(job.get("edited").booleanValue()).isTrue();
    assertThat(drawn.get("edited").booleanValue()).isTrue();
    assertThat(drawn.get("width").intValue()).isEqualTo(64);
    assertThat(drawn.get("made").get("strength").doubleValue()).isEqualTo(0.5);
  }

  @Test
  void a_picture_of_the_gallery_is_extended_and_enlarged_from_what_it_was_drawn_from() {
    String id = drawn("");

    JsonNode extended =
        studio.draw(
            """
            {"steps": 2, "start": {"picture": "%s", "kind": "extend",
             "margins": {"right": 32}}}
            """
                .formatted(id));
    JsonNode enlarged =
        studio.draw(
            """
            {"steps": 4, "start": {"picture": "%s", "kind": "enlarge", "by": 1.5}}
            """
                .formatted(id));

    assertThat(extended.get("phrase").stringValue()).isEqualTo("a red fox");
    assertThat(extended.get("width").intValue()).isEqualTo(96);
    assertThat(enlarged.get("width").intValue()).isEqualTo(96);
    assertThat(pictureOf(enlarged)).isNotEqualTo(pictureOf(extended));
  }

  @Test
  void pictures_that_are_not_kept_go_with_their_job() {
    JsonNode job = studio.draw("{\"phrase\": \"a passing cloud\", \"kept\": false, " + SMALL + "}");

    Answer picture = studio.get("/api/jobs/" + job.get("id").stringValue() + "/pictures/0");
    assertThat(picture.status()).isEqualTo(200);
    assertThat(picture.header("Content-Type")).isEqualTo("image/png");
    assertThat(studio.get("/api/pictures?q=passing").json().get("total").intValue()).isZero();
  }

  @Test
  void a_way_to_another_phrase_is_drawn_in_frames() {
    JsonNode job =
        studio.draw(
            "{\"phrase\": \"a moon\", \"travel\": {\"toPhrase\": \"a sun\", \"frames\": 3}, "
                + SMALL
                + "}");

    String path = "/api/jobs/" + job.get("id").stringValue() + "/frames/";
    assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("finished");
    assertThat(job.get("frames").intValue()).isEqualTo(3);
    assertThat(studio.get(path + "2").status()).isEqualTo(200);
    assertThat(studio.get(path + "3").status()).isEqualTo(404);
    String film = "/api/jobs/" + job.get("id").stringValue() + "/film";
    Answer gif = studio.get(film + "?format=gif&fps=5&pingpong=true");
    assertThat(gif.header("Content-Type")).isEqualTo("image/gif");
    assertThat(gif.header("Content-Disposition")).startsWith("attachment; filename=\"songe-");
    assertThat(gif.text()).startsWith("GIF89a");
    assertThat(studio.get(film).header("Content-Type")).isEqualTo("image/apng");
    assertThat(studio.get(film + "?format=mp4").header("Content-Type")).isEqualTo("video/mp4");
  }

  @Test
  void a_picture_tells_how_it_was_made_and_can_be_put_into_the_gallery() {
    byte[] made =
        new Png(Image.filled(16, 16, Colour.WHITE))
            .withText(
                "parameters",
                "an old tree\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 5, Size: 512x512")
            .encode();

    JsonNode read = studio.send("POST", "/api/read", "image/png", made).json();
    Answer added = studio.form("/api/pictures", "file", "tree.png", made);
    JsonNode again = studio.form("/api/pictures", "file", "tree.png", made).json();

    assertThat(read.get("made").get("phrase").stringValue()).isEqualTo("an old tree");
    assertThat(read.get("made").get("seed").intValue()).isEqualTo(5);
    assertThat(read.get("made").get("sampler").stringValue()).isEqualTo("euler_a");
    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.json().get("added").get(0).get("phrase").stringValue())
        .isEqualTo("an old tree");
    assertThat(again.get("added")).isEmpty();
    assertThat(again.get("present")).hasSize(1);
  }

  @Test
  void a_picture_whose_recipe_is_damaged_can_still_be_seen() {
    byte[] damaged =
        new Png(Image.filled(24, 16, Colour.BLACK)).withText("songe", "{\"format\": 2,").encode();
    String id =
        studio
            .form("/api/pictures", "file", "x.png", damaged)
            .json()
            .at("/added/0/id")
            .stringValue();

    Answer picture = studio.get("/api/pictures/" + id);

    assertThat(picture.status()).isEqualTo(200);
    assertThat(picture.json().get("made").isNull()).isTrue();
    assertThat(picture.json().get("recipe").isNull()).isTrue();
    assertThat(picture.json().get("texts").get("songe").stringValue()).startsWith("{");
  }

  @Test
  void a_model_is_added_by_one_file() throws IOException {
    byte[] model;
    try (InputStream in =
            Files.newInputStream(
                Path.of("../engine/src/test/resources/golden/original/tiny-sd1.zip"));
        ZipInputStream zip = new ZipInputStream(in)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null && !entry.getName().equals("model.safetensors")) {
        entry = zip.getNextEntry();
      }
      model = zip.readAllBytes();
    }

    Answer added = studio.form("/api/models", "file", "C:\\models\\tiny.safetensors", model);
    Answer again = studio.form("/api/models", "file", "tiny.safetensors", model);

    assertThat(added.status()).as(added.text()).isEqualTo(201);
    assertThat(added.json().get("bundled").booleanValue()).isFalse();
    assertThat(studio.get("/api/models").json().get("models")).hasSize(2);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.json().at("/error/parameter").stringValue()).isEqualTo("name");
    assertThat(folder.resolve("models").toFile().list())
        .noneMatch(file -> file.startsWith(".sent"));
  }

  @Test
  void what_is_not_known_here_is_not_offered_for_another_drawing() {
    byte[] made =
        new Png(Image.filled(16, 16, Colour.WHITE))
            .withText(
                "parameters",
                "an old tree\nSteps: 20, Sampler: Restart Deluxe, CFG scale: 7, Seed: 5, Size: 64x64")
            .encode();

    JsonNode read = studio.send("POST", "/api/read", "image/png", made).json();

    assertThat(read.at("/made/sampler").isNull()).isTrue();
    assertThat(read.at("/made/text").stringValue()).contains("Restart Deluxe");
  }

  @Test
  void photographs_become_pictures_of_the_gallery_with_what_they_say() throws IOException {
    for (String name : List.of("a1111.jpg", "a1111.webp")) {
      byte[] photograph;
      try (InputStream in = ApiDoorTest.class.getResourceAsStream("/golden/" + name)) {
        photograph = in.readAllBytes();
      }

      Answer added = studio.form("/api/pictures", "file", name, photograph);

      assertThat(added.status()).as(added.text()).isEqualTo(201);
      assertThat(added.json().at("/added/0/phrase").stringValue()).isNotEmpty();
      assertThat(added.json().at("/added/0/seed").isIntegralNumber()).isTrue();
    }
  }

  @Test
  void waiting_jobs_are_moved_held_and_given_up() {
    studio.post("/api/queue/pause", "{}");
    String first = submitted();
    String second = submitted();

    JsonNode moved =
        studio.post("/api/jobs/" + second + "/move", "{\"before\": \"" + first + "\"}").json();
    JsonNode held = studio.post("/api/jobs/" + first + "/hold", "{}").json();
    Answer retried = studio.post("/api/jobs/" + second + "/retry", "{}");
    JsonNode cancelled = studio.post("/api/jobs/" + second + "/cancel", "{}").json();
    studio.post("/api/jobs/" + first + "/cancel", "{}");
    boolean paused = studio.get("/api/jobs").json().get("paused").booleanValue();
    studio.post("/api/queue/resume", "{}");

    assertThat(moved.get("position").intValue()).isZero();
    assertThat(held.get("state").stringValue()).isEqualTo("held");
    assertThat(retried.status()).isEqualTo(409);
    assertThat(cancelled.get("state").stringValue()).isEqualTo("cancelled");
    assertThat(paused).isTrue();
  }

  private static String submitted() {
    return studio
        .post("/api/jobs", "{\"phrase\": \"a queue\", " + SMALL + "}")
        .json()
        .get("id")
        .stringValue();
  }

  @Test
  void models_tell_what_they_are() {
    JsonNode list = studio.get("/api/models").json();
    JsonNode one = studio.get("/api/models/songe-mini").json();

    assertThat(list.get("default").stringValue()).isEqualTo("songe-mini");
    assertThat(list.get("models").get(0).get("bundled").booleanValue()).isTrue();
    assertThat(one.get("licence").stringValue()).isEqualTo("Apache-2.0");
    assertThat(one.get("summary").stringValue()).startsWith("A very small Stable Diffusion");
    assertThat(one.get("card").stringValue()).startsWith("# songe-mini");
    assertThat(one.get("styles").get(0).get("name").stringValue()).isEqualTo("3d");
    assertThat(one.get("parts")).hasSize(3);
    assertThat(one.at("/things/fr").valueStream().map(JsonNode::stringValue))
        .contains("éléphant")
        .doesNotHaveDuplicates();
    assertThat(list.get("models").get(0).get("names").intValue())
        .isEqualTo(Math.max(one.at("/things/en").size(), one.at("/things/fr").size()));
    assertThat(list.get("models").get(0).has("things")).isFalse();
  }

  @Test
  void the_options_name_what_can_be_chosen() {
    JsonNode options = studio.get("/api/options").json();

    assertThat(options.get("samplers").findValuesAsString("id")).contains("euler_a");
    assertThat(options.get("upscalers").findValuesAsString("id")).contains("latent", "lanczos");
    assertThat(options.get("limits").get("maxCount").intValue()).isEqualTo(16);
  }
}
