package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import io.songe.model.GoldenModel;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.model.vae.AutoencoderKlConfig;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.LatentScale;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Complete files as diffusers writes them: tools/golden/autoencoder_kl.py, autoencoder_tiny.py. */
class AutoencoderConfigJsonTest {
  private static final String FILE = "vae/config.json";

  @TempDir Path temporary;

  private static String published(String name) {
    return GoldenModel.config("vae/" + name + "/config.json");
  }

  private static AutoencoderConfig read(String json) {
    return AutoencoderConfigJson.read(JsonConfig.parse(FILE, json));
  }

  /** A complete file of the reference with one option changed. */
  private static AutoencoderConfig changed(String name, String option, String value) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode options = mapper.readTree(published(name)).asObject();
    return read(options.set(option, mapper.readTree(value)).toString());
  }

  @Test
  void a_complete_file_of_the_large_kind_is_read() {
    AutoencoderConfig config = read(published("sd3"));

    assertThat(config)
        .isEqualTo(
            new AutoencoderKlConfig(
                3,
                16,
                List.of(8, 8, 16),
                1,
                8,
                false,
                false,
                false,
                true,
                new LatentScale(1.5305, 0.0609)));
  }

  @Test
  void a_complete_file_of_the_small_kind_is_read() {
    AutoencoderConfig config = read(published("mini"));

    assertThat(config)
        .isEqualTo(
            new AutoencoderTinyConfig(
                4,
                4,
                8,
                List.of(1, 3, 3, 3),
                12,
                List.of(3, 3, 3, 1),
                LatentScale.of(1.1266770412473188)));
  }

  @Test
  void an_old_file_without_later_options_means_stable_diffusion_1() {
    AutoencoderConfig config =
        read(
            """
            {"_class_name": "AutoencoderKL", "_diffusers_version": "0.6.0", "act_fn": "silu",
             "block_out_channels": [128, 256, 512, 512],
             "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D",
                                  "DownEncoderBlock2D", "DownEncoderBlock2D"],
             "in_channels": 3, "latent_channels": 4, "layers_per_block": 2, "norm_num_groups": 32,
             "out_channels": 3, "sample_size": 512,
             "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D",
                                "UpDecoderBlock2D"]}
            """);

    assertThat(config).isEqualTo(AutoencoderKlConfig.stableDiffusion1());
  }

  @Test
  void the_small_kind_without_options_is_taesd() {
    AutoencoderConfig config = read("{\"_class_name\": \"AutoencoderTiny\"}");

    assertThat(config).isEqualTo(AutoencoderTinyConfig.taesd());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sd1  | act_fn                     | \"gelu\"",
        "sd1  | out_channels               | 4",
        "sd1  | latents_mean               | [0.5, 0.5, 0.5, 0.5]",
        "sd1  | down_block_types           | [\"AttnDownEncoderBlock2D\"]",
        "mini | act_fn                     | \"silu\"",
        "mini | out_channels               | 3",
        "mini | upsample_fn                | \"bilinear\"",
        "mini | upsampling_scaling_factor  | 4",
        "mini | encoder_block_out_channels | [64, 64, 64, 128]",
        "mini | decoder_block_out_channels | [64, 64]",
      })
  void a_value_that_is_not_understood_is_refused_by_name(String name, String option, String value) {
    assertThatThrownBy(() -> changed(name, option, value))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(FILE)
        .hasMessageContaining("option '" + option + "' = ")
        .hasMessageContaining("is not supported");
  }

  @ParameterizedTest
  @CsvSource({"sd1", "mini"})
  void an_option_that_is_not_known_is_refused_by_name(String name) {
    assertThatThrownBy(() -> changed(name, "temporal_attention", "true"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("unknown option")
        .hasMessageContaining("temporal_attention");
  }

  @Test
  void sizes_that_cannot_be_are_refused_with_the_file() {
    assertThatThrownBy(() -> changed("sd1", "norm_num_groups", "3"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(FILE)
        .hasMessageContaining("multiple of the 3 groups, got [8, 16, 16, 16]");
  }

  @Test
  void another_kind_of_autoencoder_is_refused_by_name() {
    assertThatThrownBy(() -> read("{\"_class_name\": \"VQModel\"}"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("an autoencoder of class 'VQModel' is not known")
        .hasMessageContaining("AutoencoderKL and AutoencoderTiny");
  }

  @ParameterizedTest
  @CsvSource({"sd1", "sdxl", "sd3", "taesd", "mini"})
  void what_is_written_is_read_again(String name) {
    AutoencoderConfig config = read(published(name));
    Path file = temporary.resolve("config.json");

    JsonConfigWriter.write(file, AutoencoderConfigJson.write(config));

    assertThat(AutoencoderConfigJson.read(JsonConfig.read(file))).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource({"sd1", "mini"})
  void what_is_written_has_the_published_options(String name) {
    JsonMapper mapper = JsonMapper.shared();
    ObjectNode published = mapper.readTree(published(name)).asObject();

    Map<String, Object> written = AutoencoderConfigJson.write(read(published(name)));

    assertThat(published.propertyNames()).containsAll(written.keySet());
    written.remove("shift_factor"); // published as null, which means the 0.0 that is written
    written.forEach((option, value) ->
        assertThat(mapper.<JsonNode>valueToTree(value))
            .as(option)
            .isEqualTo(published.get(option)));
  }
}
