package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import io.songe.model.GoldenModel;
import io.songe.model.unet.TinyUNets;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what diffusers writes: tools/golden/unet.py. */
class UNetConfigJsonTest {
  /** As the first files of Stable Diffusion 1 were, with few options. */
  private static final String EARLY =
      """
      {
        "_class_name": "UNet2DConditionModel", "_diffusers_version": "0.6.0",
        "act_fn": "silu", "attention_head_dim": 8, "block_out_channels": [320, 640, 1280, 1280],
        "center_input_sample": false, "cross_attention_dim": 768,
        "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D",
          "CrossAttnDownBlock2D", "DownBlock2D"],
        "downsample_padding": 1, "flip_sin_to_cos": true, "freq_shift": 0, "in_channels": 4,
        "layers_per_block": 2, "mid_block_scale_factor": 1, "norm_eps": 1e-05,
        "norm_num_groups": 32, "out_channels": 4, "sample_size": 64
      }
      """;

  @TempDir Path temporary;

  @Test
  void published_models_are_known() {
    assertThat(published("sd1")).isEqualTo(UNetConfig.stableDiffusion1());
    assertThat(published("sd2")).isEqualTo(UNetConfig.stableDiffusion2());
    assertThat(published("sdxl")).isEqualTo(UNetConfig.stableDiffusionXl());
    assertThat(published("sdxl-refiner")).isEqualTo(UNetConfig.stableDiffusionXlRefiner());
    assertThat(published("mini")).isEqualTo(UNetConfig.songeMini());
    assertThat(read(EARLY)).isEqualTo(UNetConfig.stableDiffusion1());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "mini", "inpainting", "upscaling", "variation"})
  void every_option_becomes_its_component(String model) {
    assertThat(read(GoldenModel.config("unet/" + model + "/config.json")))
        .isEqualTo(TinyUNets.config(model));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sd1", "sd2", "sdxl", "mini", "inpainting", "upscaling", "variation"})
  void what_is_written_is_read_again(String model) {
    UNetConfig config = TinyUNets.config(model);
    Path file = temporary.resolve("config.json");

    JsonConfigWriter.write(file, UNetConfigWriter.write(config, 32));

    assertThat(UNetConfigJson.read(JsonConfig.read(file))).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "dual_cross_attention | true",
        "num_class_embeds | 1000",
        "class_embed_type | 'identity'",
        "class_embed_type | 'simple_projection'",
        "addition_embed_type | 'image'",
        "encoder_hid_dim | 1024",
        "encoder_hid_dim_type | 'text_proj'",
        "mid_block_type | 'UNetMidBlock2DSimpleCrossAttn'",
        "up_block_types | ['UpBlock2D', 'UpBlock2D', 'UpBlock2D', 'UpBlock2D']",
        "resnet_time_scale_shift | 'ada_group'",
        "resnet_out_scale_factor | 2.0",
        "resnet_skip_time_act | true",
        "time_embedding_type | 'fourier'",
        "time_embedding_act_fn | 'silu'",
        "time_embedding_dim | 512",
        "time_cond_proj_dim | 256",
        "timestep_post_act | 'silu'",
        "conv_in_kernel | 1",
        "conv_out_kernel | 1",
        "attention_type | 'gated'",
        "class_embeddings_concat | true",
        "mid_block_only_cross_attention | true",
        "cross_attention_norm | 'group_norm'",
        "num_attention_heads | 8",
        "reverse_transformer_layers_per_block | [1, 1, 1, 1]",
        "transformer_layers_per_block | [[1, 1], [1, 1], [1, 1], [1, 1]]",
        "dropout | 0.1",
        "an_option_of_next_year | 7",
      })
  void what_is_not_supported_is_refused_by_name(String option, String value) {
    String json = with(option, value.replace('\'', '"'));

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("unet/config.json")
        .hasMessageContaining("'" + option + "'");
  }

  @Test
  void an_unknown_block_is_named_with_those_that_are_known() {
    String json = EARLY.replaceFirst("\"DownBlock2D\"", "\"AttnDownBlock2D\"");

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "unet/config.json: option 'down_block_types' = AttnDownBlock2D is not supported by this"
                + " version of Songe; supported: CrossAttnDownBlock2D, DownBlock2D");
  }

  @Test
  void text_and_time_need_their_widths() {
    String json = with("addition_embed_type", "\"text_time\"");

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage("unet/config.json: 'text_time' needs a number in 'addition_time_embed_dim'");
  }

  @Test
  void impossible_sizes_are_reported_with_the_file() {
    String json = EARLY.replace("\"attention_head_dim\": 8", "\"attention_head_dim\": 7");

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            "unet/config.json: the heads of attention divide the width they are of, got 7 for 320");
  }

  @Test
  void another_kind_of_network_is_refused() {
    String json = EARLY.replace("UNet2DConditionModel", "UNet3DConditionModel");

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("'_class_name' = UNet3DConditionModel");
  }

  @Test
  void what_training_noted_in_the_file_changes_nothing() {
    String json = with("use_ema_warmup", "false").replace("\"sample_size\": 64", "\"decay\": 0.9");

    assertThat(read(json)).isEqualTo(UNetConfig.stableDiffusion1());
  }

  @Test
  void a_middle_unlike_the_last_level_cannot_be_written() {
    UNetConfig mini = UNetConfig.songeMini();
    UNetConfig config =
        new UNetConfig(
            4,
            4,
            List.of(new Level(64, 1, Attention.of(4, 1))),
            new Middle.Attending(2, 1),
            320,
            true,
            mini.timeInjection(),
            mini.added(),
            mini.waves(),
            32,
            1e-5);

    assertThatThrownBy(() -> UNetConfigWriter.write(config, 32))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("the same heads and depth in the middle as in the last level");
  }

  private static UNetConfig published(String model) {
    return read(GoldenModel.config("unet/configs/" + model + ".json"));
  }

  private static UNetConfig read(String json) {
    return UNetConfigJson.read(JsonConfig.parse("unet/config.json", json));
  }

  private static String with(String option, String value) {
    return EARLY.strip().replaceFirst("}$", ", \"" + option + "\": " + value + "}");
  }
}
