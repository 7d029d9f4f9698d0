package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import io.songe.model.GoldenModel;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.TinyClipTextEncoders;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads what transformers writes: tools/golden/clip.py. */
class ClipTextConfigJsonTest {
  private static final String FILE = "text_encoder/config.json";

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "sd1, CLIPTextModel",
    "sd2, CLIPTextModel",
    "sdxl, CLIPTextModelWithProjection",
  })
  void every_option_becomes_its_component(String model, String kind) {
    assertThat(read(json(model), kind)).isEqualTo(TinyClipTextEncoders.config(model));
  }

  @ParameterizedTest
  @CsvSource({
    "sd1, CLIPTextModel",
    "sd2, CLIPTextModel",
    "sdxl, CLIPTextModelWithProjection",
  })
  void what_is_written_is_read_again(String model, String kind) {
    ClipTextConfig config = TinyClipTextEncoders.config(model);
    Path file = temporary.resolve("config.json");

    JsonConfigWriter.write(file, ClipTextConfigJson.write(config));

    assertThat(ClipTextConfigJson.read(JsonConfig.read(file), kind)).isEqualTo(config);
    assertThat(ClipTextConfigJson.className(config)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"hidden_act, relu", "rope_theta, 10000"})
  void what_is_not_supported_is_refused_by_name(String option, String value) {
    String json =
        json("sd2").contains(option)
            ? json("sd2").replace("\"gelu\"", "\"" + value + "\"")
            : json("sd2").strip().replaceFirst("}$", ", \"" + option + "\": " + value + "}");

    assertThatThrownBy(() -> read(json, "CLIPTextModel"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(FILE)
        .hasMessageContaining(option)
        .hasMessageContaining(value);
  }

  @Test
  void another_kind_of_encoder_is_refused() {
    assertThatThrownBy(() -> read(json("sd2"), "T5EncoderModel"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("a text encoder of class 'T5EncoderModel' is not known");
  }

  private static String json(String model) {
    return GoldenModel.config("clip/" + model + "/config.json");
  }

  private static ClipTextConfig read(String json, String kind) {
    return ClipTextConfigJson.read(JsonConfig.parse(FILE, json), kind);
  }
}
