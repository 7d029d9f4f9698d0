package io.songe.server.a1111;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What no client should send: it is refused in the web UI's form, and the server goes on. */
class WrongRequestsTest {
  private static final byte[] PICTURE = new Png(Image.filled(8, 8, Colour.WHITE)).encode();

  @TempDir private static Path folder;
  private static WebUi webUi;

  @BeforeAll
  static void start() {
    webUi = new WebUi(folder);
  }

  @AfterAll
  static void stop() {
    webUi.close();
  }

  private static void refused(String path, String body) {
    HttpResponse<String> answer = webUi.post("/sdapi/v1/" + path, body);

    assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
    JsonNode detail = WebUi.JSON.readTree(answer.body()).path("detail");
    assertThat(detail.isString() || detail.at("/0/msg").isString()).as(answer.body()).isTrue();
    assertThat(answer.body()).doesNotContain(folder.toString(), "Exception", ".java");
    assertThat(webUi.get("/internal/ping").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "txt2img",
        "img2img",
        "options",
        "png-info",
        "interrogate",
        "extra-single-image",
        "extra-batch-images"
      })
  void bodies_that_are_no_json_object(String path) {
    for (String body : new String[] {"{", "[]", "7", "null", "{'a': }", "[".repeat(100_000)}) {
      refused(path, body);
    }
  }

  static Stream<Arguments> wrongFields() {
    return Stream.of(
            Stream.of("steps", "width", "height", "batch_size", "n_iter")
                .map(field -> Arguments.of(field, "0 -1 2.5 1e30 9999999 true [] {} 'x' ''")),
            Stream.of("seed", "subseed")
                .map(field -> Arguments.of(field, "-2 0.5 1e30 99999999999999999999 [] {} 'x'")),
            Stream.of("cfg_scale", "subseed_strength")
                .map(field -> Arguments.of(field, "-1e30 1e999 1e99999999999 true [] {} 'x'")),
            Stream.of("prompt", "negative_prompt", "sampler_name", "scheduler", "sampler_index")
                .map(field -> Arguments.of(field, "7 true [] {}")),
            Stream.of("infotext", "force_task_id", "script_name", "hr_upscaler")
                .map(field -> Arguments.of(field, "7 true [] {}")),
            Stream.of("tiling", "enable_hr", "send_images", "save_images", "restore_faces")
                .map(field -> Arguments.of(field, "7 'perhaps' [] {}")),
            Stream.of("styles").map(field -> Arguments.of(field, "7 '3d' {} [7] ['none_such']")),
            Stream.of("override_settings", "alwayson_scripts")
                .map(field -> Arguments.of(field, "7 'x' [] {'sd_vae':7,'ADetailer':{}}")),
            Stream.of("hr_scale", "hr_resize_x", "hr_second_pass_steps", "denoising_strength")
                .map(field -> Arguments.of(field, "-1 1e9 true [] {} 'x'")))
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  void fields_of_drawings(String field, String values) {
    for (String value : values.split(" ", -1)) {
      refused("txt2img", "{'%s': %s}".formatted(field, value));
    }
  }

  static Stream<Arguments> wrongStarts() {
    return Stream.of(
        Arguments.of("denoising_strength", "-0.1 0 1.1 'x' []"),
        Arguments.of("resize_mode", "-1 4 'x' []"),
        Arguments.of("mask_blur", "-1 65 'x' 0.5"),
        Arguments.of("inpainting_fill", "-1 4 'x'"),
        Arguments.of("inpaint_full_res_padding", "-1 1e9 'x'"),
        Arguments.of("inpainting_mask_invert", "2 -1 'x'"),
        Arguments.of("initial_noise_multiplier", "0.9 'x'"),
        Arguments.of("latent_mask", "'x' 7"),
        Arguments.of("init_images", "7 'x' {} [7] [[]] ['x','y']"),
        Arguments.of("mask", "7 [] 'x' 'PHN2Zz48L3N2Zz4='"));
  }

  @ParameterizedTest
  @MethodSource("wrongStarts")
  void fields_of_edits(String field, String values) {
    String picture = Base64.getEncoder().encodeToString(PICTURE);
    for (String value : values.split(" ", -1)) {
      String start = field.equals("init_images") ? "" : "'init_images': ['" + picture + "'], ";
      refused("img2img", "{%s'%s': %s}".formatted(start, field, value));
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file of a few bytes that says it were 60,000 pixels wide and high. */
  private static String bomb() {
    byte[] file = PICTURE.clone();
    file[18] = file[22] = (byte) 0xea;
    file[19] = file[23] = 0x60;
    CRC32 sum = new CRC32();
    sum.update(file, 12, 17);
    for (int i = 0; i < 4; i++) {
      file[29 + i] = (byte) (sum.getValue() >> (24 - 8 * i));
    }
    return Base64.getEncoder().encodeToString(file);
  }

  static Stream<String> wrongPictures() {
    return Stream.of(
        "",
        "no base64 at all!",
        "AAAA",
        base64("<svg xmlns=\\\"http://www.w3.org/2000/svg\\\"/>"),
        "data:image/svg+xml;base64," + base64("<svg/>"),
        "data:image/png,raw",
        "data:image/png;base64",
        "http://127.0.0.1:1/picture.png",
        "https://example.org/picture.png",
        "file:///etc/passwd",
        base64("GIF89a"),
        base64("BM and nothing more"),
        base64("RIFF____WEBPVP8 "),
        Base64.getEncoder().encodeToString(Arrays.copyOf(PICTURE, PICTURE.length / 2)));
  }

  @ParameterizedTest
  @MethodSource("wrongPictures")
  void pictures_that_are_none(String picture) {
    refused("img2img", "{'init_images': ['%s']}".formatted(picture));
    refused("png-info", "{'image': '%s'}".formatted(picture));
    refused("interrogate", "{'image': '%s'}".formatted(picture));
    refused("extra-single-image", "{'image': '%s'}".formatted(picture));
    refused("extra-batch-images", "{'imageList': [{'data': '%s'}]}".formatted(picture));
  }

  @Test
  void small_files_of_huge_pictures() {
    refused("img2img", "{'init_images': ['%s']}".formatted(bomb()));
    refused("extra-single-image", "{'image': '%s'}".formatted(bomb()));
    refused("extra-batch-images", "{'imageList': [{'data': '%s'}]}".formatted(bomb()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'upscaler_1': 'ESRGAN_4x'",
        "'upscaler_1': 'Latent'",
        "'upscaling_resize': 1e9",
        "'upscaling_resize': -1",
        "'resize_mode': 2",
        "'resize_mode': 1, 'upscaling_resize_w': 100000",
        "'gfpgan_visibility': 1",
        "'codeformer_visibility': 0.5"
      })
  void enlargements_that_cannot_be(String field) {
    String picture = Base64.getEncoder().encodeToString(PICTURE);
    refused("extra-single-image", "{'image': '%s', %s}".formatted(picture, field));
  }

  @Test
  void a_list_without_pictures() {
    refused("extra-batch-images", "{}");
    refused("extra-batch-images", "{'imageList': []}");
    refused("extra-batch-images", "{'imageList': [7]}");
    refused("extra-batch-images", "{'imageList': [{'name': 'a'}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800"})
  void letters_that_no_file_could_keep(String letter) {
    refused("txt2img", "{'prompt': 'a%s'}".formatted(letter));
  }

  @Test
  void prompts_beyond_the_longest() {
    refused("txt2img", "{'prompt': '%s'}".formatted("a".repeat(10_001)));
    refused("txt2img", "{'negative_prompt': '%s'}".formatted("é".repeat(10_001)));
    refused("txt2img", "{'infotext': '%s'}".formatted("a".repeat(10_001)));
  }

  @Test
  void texts_of_pictures_with_values_that_cannot_be() {
    for (String value : new String[] {"Steps: x", "Steps: 0", "Size: 63x9999999", "Seed: -5"}) {
      refused(
          "txt2img",
          "{'infotext': 'a\\nSampler: Euler, CFG scale: 3, %s, A b: c'}".formatted(value));
    }
    refused("txt2img", "{'infotext': 'a\\nSteps: 2, Seed: 5, Background: nothing like it'}");
  }

  @Test
  void sizes_that_no_model_draws() {
    refused("txt2img", "{'width': 63, 'height': 64}");
    refused("txt2img", "{'width': 64, 'height': 4096, 'enable_hr': true, 'hr_scale': 8}");
  }

  @Test
  void more_pictures_than_one_request_may_ask_for() {
    refused("txt2img", "{'batch_size': 50, 'n_iter': 3}");
  }

  @Test
  void a_body_that_is_not_json_by_its_type() {
    HttpResponse<String> answer = webUi.postAs("text/plain", "/sdapi/v1/txt2img", "{}");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).startsWith("{\"detail\":");
  }
}
