package io.songe.server.a1111;

import static io.songe.server.a1111.WebUi.info;
import static io.songe.server.a1111.WebUi.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What programs send that many people use, in their order. */
class ClientHabitsTest {
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
  void silly_tavern_chooses_a_model_waits_and_draws() {
    assertThat(webUi.list("options").has("forge_preset")).isFalse();
    String title = webUi.list("sd-models").at("/0/title").stringValue();
    read(webUi.post("/sdapi/v1/options", "{'sd_model_checkpoint': '%s'}".formatted(title)));
    JsonNode progress = webUi.list("progress");

    JsonNode drawn =
        webUi.draw(
            """
            {'prompt': 'a fox', 'negative_prompt': 'blur', 'sampler_name': 'DPM++ 2M',
             'scheduler': 'karras', 'steps': 2, 'cfg_scale': 7, 'width': 64, 'height': 64,
             'restore_faces': false, 'enable_hr': false, 'hr_upscaler': 'Latent', 'hr_scale': 2,
             'hr_additional_modules': [], 'denoising_strength': 0.7, 'hr_second_pass_steps': 0,
             'override_settings': {'CLIP_stop_at_last_layers': 1},
             'override_settings_restore_afterwards': true, 'clip_skip': 1, 'save_images': true,
             'send_images': true, 'do_not_save_grid': false, 'do_not_save_samples': false}
            """);

    assertThat(progress.path("progress").doubleValue()).isZero();
    assertThat(progress.at("/state/job_count").intValue()).isZero();
    assertThat(drawn.path("images").size()).isEqualTo(1);
    assertThat(info(drawn).at("/extra_generation_params/Schedule type").stringValue())
        .isEqualTo("Karras");
    assertThat(webUi.postNothing("/sdapi/v1/interrupt").statusCode()).isEqualTo(200);
  }

  @Test
  void open_web_ui_sends_all_options_back_and_draws() {
    ObjectNode options = (ObjectNode) webUi.list("options");
    options.put("sd_model_checkpoint", webUi.list("sd-models").at("/0/title").stringValue());
    read(webUi.post("/sdapi/v1/options", options.toString()));

    JsonNode drawn =
        webUi.draw(
            """
            {'prompt': 'a fox', 'batch_size': 1, 'width': 64, 'height': 64, 'steps': 2,
             'negative_prompt': '', 'cfg_scale': 7.0, 'sampler_name': 'Euler a',
             'scheduler': 'Automatic'}
            """);

    assertThat(drawn.path("images").size()).isEqualTo(1);
  }
}
