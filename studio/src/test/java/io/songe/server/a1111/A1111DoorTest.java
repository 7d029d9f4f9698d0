package io.songe.server.a1111;

import static io.songe.server.a1111.WebUi.SMALL;
import static io.songe.server.a1111.WebUi.info;
import static io.songe.server.a1111.WebUi.picture;
import static io.songe.server.a1111.WebUi.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.ModelCard;
import io.songe.drawing.Wish;
import io.songe.gallery.Search;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.jobs.Job;
import io.songe.jobs.JobState;
import io.songe.jobs.Order;
import io.songe.mini.SongeMini;
import io.songe.text.Prompt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The door on a server that draws, as clients meet it. */
class A1111DoorTest {
  /** A model is known by the first ten digits of its U-Net's fingerprint. */
  private static final String HASH =
      ModelCard.read(SongeMini.folder()).weightsSha256().orElseThrow().substring(0, 10);

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

  @Test
  void pictures_come_with_all_that_made_them() {
    JsonNode drawn =
        webUi.draw(
            "{'prompt': 'a fox', 'negative_prompt': 'blur', 'seed': 40, 'n_iter': 2,"
                + " 'sampler_name': 'Euler a', "
                + SMALL
                + "}");

    assertThat(drawn.path("images").size()).isEqualTo(2);
    assertThat(picture(drawn, 0).image().width()).isEqualTo(64);
    assertThat(drawn.at("/parameters/prompt").stringValue()).isEqualTo("a fox");
    assertThat(drawn.at("/parameters/steps").intValue()).isEqualTo(2);
    JsonNode info = info(drawn);
    assertThat(info.path("all_seeds").toString()).isEqualTo("[40,41]");
    assertThat(info.path("all_subseeds").toString()).isEqualTo("[-1,-1]");
    assertThat(info.path("sampler_name").stringValue()).isEqualTo("Euler a");
    assertThat(info.path("sd_model_name").stringValue()).isEqualTo("songe-mini");
    assertThat(info.path("sd_model_hash").stringValue()).isEqualTo(HASH);
    assertThat(info.path("job_timestamp").stringValue()).matches("\\d{14}");
    assertThat(info.at("/infotexts/1").stringValue())
        .isEqualTo(picture(drawn, 1).texts().get("parameters"))
        .contains("Seed: 41");
  }

  @Test
  void the_answer_tells_all_that_clients_look_for() {
    JsonNode info = info(webUi.draw("{'prompt': 'a fox', " + SMALL + "}"));

    assertThat(info.propertyNames())
        .contains(
            "prompt",
            "all_prompts",
            "negative_prompt",
            "all_negative_prompts",
            "seed",
            "all_seeds",
            "subseed",
            "all_subseeds",
            "subseed_strength",
            "width",
            "height",
            "sampler_name",
            "cfg_scale",
            "steps",
            "batch_size",
            "restore_faces",
            "face_restoration_model",
            "sd_model_name",
            "sd_model_hash",
            "sd_vae_name",
            "sd_vae_hash",
            "seed_resize_from_w",
            "seed_resize_from_h",
            "denoising_strength",
            "extra_generation_params",
            "index_of_first_image",
            "infotexts",
            "styles",
            "job_timestamp",
            "clip_skip",
            "is_using_inpainting_conditioning",
            "version");
  }

  @Test
  void pictures_are_in_the_gallery_unless_that_is_declined() {
    long before = webUi.studio.gallery().search(Search.all("anna", 0, 0)).total();

    webUi.draw("{'prompt': 'kept', " + SMALL + "}");
    JsonNode declined = webUi.draw("{'prompt': 'not kept', 'save_images': false, " + SMALL + "}");

    long after = webUi.studio.gallery().search(Search.all("anna", 0, 0)).total();
    assertThat(after - before).isEqualTo(1);
    assertThat(declined.path("images").size()).isEqualTo(1);
  }

  @Test
  void pictures_that_are_not_wanted_are_not_sent() {
    JsonNode drawn = webUi.draw("{'prompt': 'a fox', 'send_images': false, " + SMALL + "}");

    assertThat(drawn.path("images").size()).isZero();
    assertThat(info(drawn).path("infotexts").size()).isEqualTo(1);
  }

  @Test
  void a_style_is_in_the_words_that_were_drawn() {
    JsonNode drawn = webUi.draw("{'prompt': 'a fox', 'styles': ['3d'], " + SMALL + "}");

    assertThat(info(drawn).path("prompt").stringValue()).isEqualTo("a fox, 3d style");
    assertThat(webUi.list("prompt-styles").get(0).toString())
        .isEqualTo("{\"name\":\"3d\",\"prompt\":\"{prompt}, 3d style\",\"negative_prompt\":\"\"}");
  }

  @Test
  void a_picture_is_drawn_from_another() {
    String start = webUi.draw("{'prompt': 'a fox', " + SMALL + "}").at("/images/0").stringValue();

    JsonNode drawn =
        read(
            webUi.post(
                "/sdapi/v1/img2img",
                "{'prompt': 'a cat', 'init_images': ['data:image/png;base64,%s'], %s}"
                    .formatted(start, SMALL)));
    JsonNode painted =
        read(
            webUi.post(
                "/sdapi/v1/img2img",
                "{'prompt': 'a cat', 'init_images': ['%s'], 'mask': '%s', 'inpaint_full_res': false, %s}"
                    .formatted(start, white(64), SMALL)));

    assertThat(info(drawn).path("denoising_strength").doubleValue()).isEqualTo(0.75);
    assertThat(drawn.at("/parameters/init_images").isMissingNode()).isTrue();
    assertThat(picture(painted, 0).texts().get("parameters")).contains("Mask blur: 4");
  }

  @Test
  void a_second_pass_gives_a_larger_picture() {
    JsonNode drawn = webUi.draw("{'prompt': 'a fox', 'enable_hr': true, " + SMALL + "}");

    assertThat(picture(drawn, 0).image().width()).isEqualTo(128);
  }

  @Test
  void without_a_start_picture_the_words_are_the_web_uis() {
    HttpResponse<String> answer = webUi.post("/sdapi/v1/img2img", "{'prompt': 'a cat'}");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"Init image not found\"}");
  }

  @Test
  void what_is_wrong_with_a_field_is_told_in_its_place() {
    HttpResponse<String> answer = webUi.post("/sdapi/v1/txt2img", "{'steps': 'many'}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .isEqualTo(
            "{\"detail\":[{\"loc\":[\"body\",\"steps\"],\"msg\":\"value is not a valid integer:"
                + " many\",\"type\":\"value_error\"}]}");
  }

  @Test
  void nothing_is_under_way_where_nothing_is_drawn() {
    JsonNode progress = read(webUi.getAsOther("/sdapi/v1/progress"));

    assertThat(progress.path("progress").doubleValue()).isZero();
    assertThat(progress.at("/state/job_count").intValue()).isZero();
    assertThat(progress.path("current_image").isNull()).isTrue();
  }

  @Test
  void progress_and_interrupt_are_the_callers_own() {
    CompletableFuture<JsonNode> drawing =
        CompletableFuture.supplyAsync(() ->
            webUi.draw(
                "{'prompt': 'a fox', 'steps': 400, 'width': 256, 'height': 256,"
                    + " 'sampler_name': 'Euler', 'force_task_id': 'mine'}"));
    WebUi.waitFor(() -> webUi.list("progress").at("/state/sampling_step").intValue() > 0);

    WebUi.waitFor(() -> webUi.list("progress").path("current_image").isString());
    JsonNode own = webUi.list("progress");
    JsonNode unseen = webUi.list("progress?skip_current_image=true");
    JsonNode others = read(webUi.getAsOther("/sdapi/v1/progress"));
    JsonNode task = read(webUi.post("/internal/progress", "{'id_task': 'mine'}"));
    read(webUi.postAsOther("/sdapi/v1/interrupt", ""));
    boolean goesOn = !drawing.isDone();
    read(webUi.postNothing("/sdapi/v1/interrupt"));
    JsonNode drawn = drawing.join();

    assertThat(own.path("progress").doubleValue()).isBetween(0.01, 0.9);
    assertThat(own.path("eta_relative").doubleValue()).isPositive();
    assertThat(own.at("/state/job_count").intValue()).isEqualTo(1);
    assertThat(own.at("/state/sampling_steps").intValue()).isEqualTo(400);
    assertThat(own.path("current_task").stringValue()).isEqualTo("mine");
    assertThat(decode(own.path("current_image").stringValue()).image().width()).isPositive();
    assertThat(unseen.path("current_image").isNull()).isTrue();
    assertThat(others.at("/state/job_count").intValue()).isZero();
    assertThat(others.path("current_image").isNull()).isTrue();
    assertThat(task.path("active").booleanValue()).isTrue();
    assertThat(goesOn).isTrue();
    assertThat(drawn.path("images").size()).isZero();
    assertThat(webUi.list("progress").path("progress").doubleValue()).isZero();
    assertThat(read(webUi.post("/internal/progress", "{'id_task': 'mine'}")).path("completed"))
        .hasToString("true");
  }

  @Test
  void skipping_goes_on_with_the_next_picture() {
    CompletableFuture<JsonNode> drawing =
        CompletableFuture.supplyAsync(() ->
            webUi.draw(
                "{'prompt': 'a fox', 'n_iter': 2, 'seed': 30, 'steps': 30, 'width': 256,"
                    + " 'height': 256, 'save_images': false}"));
    WebUi.waitFor(() -> webUi.list("progress").at("/state/sampling_step").intValue() > 0);

    read(webUi.postNothing("/sdapi/v1/skip"));
    JsonNode drawn = drawing.join();

    assertThat(drawn.path("images").size()).isEqualTo(1);
    assertThat(info(drawn).path("all_seeds").toString()).isEqualTo("[31]");
  }

  @Test
  void a_request_waits_for_those_before_it_and_can_be_given_up_there() {
    webUi.studio.queue().pause();
    CompletableFuture<JsonNode> drawing =
        CompletableFuture.supplyAsync(() -> webUi.draw("{'prompt': 'a fox', " + SMALL + "}"));
    WebUi.waitFor(() -> webUi.list("progress").at("/state/job_count").intValue() > 0);

    JsonNode waiting = webUi.list("progress");
    read(webUi.postNothing("/sdapi/v1/interrupt"));
    JsonNode drawn = drawing.join();
    webUi.studio.queue().resume();

    assertThat(waiting.path("progress").doubleValue()).isZero();
    assertThat(waiting.path("textinfo").stringValue()).startsWith("Waiting: ");
    assertThat(drawn.path("images").size()).isZero();
  }

  @Test
  void the_picture_of_a_client_that_went_away_is_in_the_gallery() throws IOException {
    String body = "{'prompt': 'gone away', " + SMALL + "}";
    webUi.studio.queue().pause();
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), webUi.port())) {
      client.getOutputStream().write(webUi.raw("/sdapi/v1/txt2img", body));
      client.getOutputStream().flush();
      WebUi.waitFor(() -> webUi.list("progress").at("/state/job_count").intValue() > 0);
    }

    webUi.studio.queue().resume();
    WebUi.waitFor(() -> webUi.list("progress").at("/state/job_count").intValue() == 0);

    assertThat(webUi.studio.gallery().search(Search.all("anna", 0, 500)).pictures())
        .anyMatch(picture -> picture.phrase().equals("gone away"));
  }

  @Test
  void what_the_page_draws_is_neither_told_nor_stopped() {
    Job page =
        webUi.studio.submit(Wish.of("anna", Order.Door.PAGE, Prompt.of("a fox of the page")));

    JsonNode progress = webUi.list("progress");
    read(webUi.postNothing("/sdapi/v1/interrupt"));
    JobState state = webUi.studio.queue().find("anna", page.id()).orElseThrow().state();
    webUi.studio.queue().cancel("anna", page.id());

    assertThat(progress.at("/state/job_count").intValue()).isZero();
    assertThat(state).isNotEqualTo(JobState.CANCELLED);
  }

  @Test
  void options_are_each_users_own() {
    String title = webUi.list("sd-models").at("/0/title").stringValue();

    read(
        webUi.post(
            "/sdapi/v1/options",
            "{'sd_model_checkpoint': '%s', 'CLIP_stop_at_last_layers': 2, 'unheard': 1}"
                .formatted(title)));

    JsonNode own = webUi.list("options");
    JsonNode others = read(webUi.getAsOther("/sdapi/v1/options"));
    assertThat(title).isEqualTo("songe-mini [" + HASH + "]");
    assertThat(own.path("sd_model_checkpoint").stringValue()).isEqualTo(title);
    assertThat(own.path("CLIP_stop_at_last_layers").intValue()).isEqualTo(2);
    assertThat(others.path("CLIP_stop_at_last_layers").intValue()).isEqualTo(1);
    assertThat(own.has("forge_preset")).isFalse();
    JsonNode drawn = webUi.draw("{'prompt': 'a fox', " + SMALL + "}");
    read(webUi.post("/sdapi/v1/options", "{'CLIP_stop_at_last_layers': 1}"));
    assertThat(info(drawn).path("clip_skip").intValue()).isEqualTo(2);
  }

  @Test
  void settings_are_overridden_for_one_request() {
    JsonNode drawn =
        webUi.draw(
            "{'prompt': 'a fox', 'override_settings': {'CLIP_stop_at_last_layers': 3,"
                + " 'sd_model_checkpoint': '"
                + HASH
                + "', 'sd_vae': 'Automatic'}, "
                + SMALL
                + "}");

    assertThat(info(drawn).path("clip_skip").intValue()).isEqualTo(3);
    assertThat(webUi.list("options").path("CLIP_stop_at_last_layers").intValue()).isNotEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'sd_model_checkpoint': 'nothing like it'}",
        "{'sd_vae': 'other.vae.pt'}",
        "{'CLIP_stop_at_last_layers': 0}",
        "{'randn_source': 'GPU'}",
        "{'filter_nsfw': true}",
        "{'samples_format': 'tiff'}",
      })
  void settings_that_cannot_be_followed_are_refused(String settings) {
    HttpResponse<String> set = webUi.post("/sdapi/v1/options", settings);
    HttpResponse<String> overridden =
        webUi.post("/sdapi/v1/txt2img", "{'override_settings': " + settings + "}");

    assertThat(set.statusCode()).isEqualTo(422);
    assertThat(overridden.statusCode()).isEqualTo(422);
  }

  @Test
  void lists_have_the_web_uis_forms() {
    assertThat(webUi.list("samplers").get(0).toString())
        .isEqualTo(
            "{\"name\":\"Euler\",\"aliases\":[\"k_euler\",\"FlowMatchEulerDiscreteScheduler\"],"
                + "\"options\":{}}");
    assertThat(webUi.list("schedulers").get(0).path("label").stringValue()).isEqualTo("Automatic");
    assertThat(webUi.list("schedulers").findValuesAsString("name")).contains("karras", "beta");
    assertThat(webUi.list("upscalers").findValuesAsString("name"))
        .startsWith("None")
        .contains("Lanczos", "Nearest");
    assertThat(webUi.list("latent-upscale-modes").get(0).toString())
        .isEqualTo("{\"name\":\"Latent\"}");
    JsonNode model = webUi.list("sd-models").get(0);
    assertThat(model.propertyNames())
        .containsExactly("title", "model_name", "hash", "sha256", "filename", "config");
    assertThat(webUi.list("embeddings").toString()).isEqualTo("{\"loaded\":{},\"skipped\":{}}");
    assertThat(webUi.list("memory").at("/ram/total").longValue()).isPositive();
    assertThat(webUi.list("scripts").toString()).isEqualTo("{\"txt2img\":[],\"img2img\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loras",
        "sd-vae",
        "sd-modules",
        "hypernetworks",
        "face-restorers",
        "realesrgan-models",
        "script-info",
        "extensions"
      })
  void lists_of_what_is_not_here_are_empty(String name) {
    assertThat(webUi.list(name).toString()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refresh-checkpoints",
        "refresh-loras",
        "refresh-embeddings",
        "refresh-vae",
        "unload-checkpoint",
        "reload-checkpoint",
        "skip"
      })
  void what_has_nothing_to_do_says_so(String name) {
    assertThat(read(webUi.postNothing("/sdapi/v1/" + name)).isNull()).isTrue();
  }

  @Test
  void flags_are_a_constant_and_tell_no_secret() {
    String flags = webUi.list("cmd-flags").toString();

    assertThat(flags).contains("\"api\":true").doesNotContain(WebUi.TOKEN, folder.toString());
  }

  @Test
  void ping_and_control_net_are_answered() {
    assertThat(webUi.get("/internal/ping").body()).isEqualTo("{}");
    assertThat(webUi.get("/controlnet/model_list").body()).isEqualTo("{\"model_list\":[]}");
    assertThat(read(webUi.get("/controlnet/version")).path("version").isInt()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server-kill",
        "server-restart",
        "server-stop",
        "create/embedding",
        "create/hypernetwork",
        "train/embedding",
        "train/hypernetwork"
      })
  void what_would_end_the_server_or_make_models_is_refused(String name) {
    assertThat(webUi.post("/sdapi/v1/" + name, "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void unknown_routes_are_told_in_the_web_uis_form() {
    HttpResponse<String> unknown = webUi.get("/sdapi/v1/nothing-like-it");
    HttpResponse<String> wrongMethod = webUi.get("/sdapi/v1/txt2img");

    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).startsWith("{\"detail\":");
    assertThat(wrongMethod.statusCode()).isEqualTo(405);
    assertThat(wrongMethod.body()).startsWith("{\"detail\":");
  }

  @Test
  void the_text_of_a_picture_is_read_from_its_file() {
    JsonNode drawn = webUi.draw("{'prompt': 'un renard', 'seed': 3, " + SMALL + "}");
    String sent = drawn.at("/images/0").stringValue();

    JsonNode said = read(webUi.post("/sdapi/v1/png-info", "{'image': '%s'}".formatted(sent)));
    JsonNode caption =
        read(
            webUi.post(
                "/sdapi/v1/interrogate",
                "{'image': 'data:image/png;base64,%s', 'model': 'clip'}".formatted(sent)));

    assertThat(said.path("info").stringValue())
        .isEqualTo(picture(drawn, 0).texts().get(ParametersText.KEYWORD));
    assertThat(said.path("items").propertyNames()).contains("songe").doesNotContain("parameters");
    assertThat(said.at("/parameters/Prompt").stringValue()).isEqualTo("un renard");
    assertThat(said.at("/parameters/Size-1").stringValue()).isEqualTo("64");
    assertThat(caption.path("caption").stringValue()).isEqualTo("un renard");
  }

  @Test
  void a_picture_that_says_nothing_is_not_described() {
    String plain = white(8);

    JsonNode said = read(webUi.post("/sdapi/v1/png-info", "{'image': '%s'}".formatted(plain)));
    HttpResponse<String> caption =
        webUi.post("/sdapi/v1/interrogate", "{'image': '%s', 'model': 'clip'}".formatted(plain));

    assertThat(said.path("info").stringValue()).isEmpty();
    assertThat(caption.statusCode()).isEqualTo(501);
    assertThat(caption.body()).contains("no model here that describes pictures");
  }

  @Test
  void a_picture_is_enlarged_and_keeps_its_text() {
    JsonNode drawn = webUi.draw("{'prompt': 'a fox', " + SMALL + "}");
    String sent = drawn.at("/images/0").stringValue();

    JsonNode larger =
        read(
            webUi.post(
                "/sdapi/v1/extra-single-image",
                "{'image': '%s', 'upscaler_1': 'Lanczos', 'upscaling_resize': 2}".formatted(sent)));
    JsonNode batch =
        read(
            webUi.post(
                "/sdapi/v1/extra-batch-images",
                ("{'imageList': [{'data': '%1$s', 'name': 'a'}, {'data': '%1$s', 'name': 'b'}],"
                        + " 'upscaler_1': 'Nearest', 'upscaler_2': 'Bicubic',"
                        + " 'extras_upscaler_2_visibility': 0.5, 'resize_mode': 1,"
                        + " 'upscaling_resize_w': 96, 'upscaling_resize_h': 32}")
                    .formatted(sent)));

    Png png = decode(larger.path("image").stringValue());
    assertThat(png.image().width()).isEqualTo(128);
    assertThat(png.texts().get("parameters"))
        .isEqualTo(picture(drawn, 0).texts().get("parameters"));
    assertThat(png.texts().get("postprocessing"))
        .isEqualTo("Postprocess upscale by: 2.0, Postprocess upscaler: Lanczos");
    assertThat(png.texts()).doesNotContainKey("songe");
    assertThat(batch.path("images").size()).isEqualTo(2);
    assertThat(picture(batch, 1).image().width()).isEqualTo(96);
    assertThat(picture(batch, 1).image().height()).isEqualTo(32);
  }

  private static String white(int side) {
    return Base64.getEncoder()
        .encodeToString(new Png(Image.filled(side, side, Colour.WHITE)).encode());
  }

  private static Png decode(String base64) {
    return Png.decode(Base64.getDecoder().decode(base64), "answer", PngLimits.DEFAULT);
  }
}
