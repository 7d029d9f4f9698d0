package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file options.json is written by tools/golden/safetensors_files.py. */
class JsonConfigWriterTest {
  @TempDir Path folder;

  @Test
  void writes_the_layout_of_published_configurations() {
    Map<String, @Nullable Object> options = new HashMap<>();
    options.put("mid_block_type", null);
    options.put("_class_name", "UNet2DConditionModel");
    options.put("act_fn", "silu");
    options.put("block_out_channels", List.of(320, 640));
    options.put("down_block_types", List.of("CrossAttnDownBlock2D", "DownBlock2D"));
    options.put("empty", List.of());
    options.put(
        "nested", Map.of("zeta", 1L, "alpha", List.of(List.of(1, 2), List.of()), "none", Map.of()));
    options.put("sample_size", 64);
    options.put("scaling_factor", 0.18215);
    options.put("title", "a \"b\" </c> \\ \n");
    options.put("use_linear_projection", false);
    Path file = folder.resolve("config.json");

    JsonConfigWriter.write(file, options);

    assertThat(file).hasSameTextualContentAs(Golden.file("options.json"));
  }

  @Test
  void small_and_large_numbers_come_back_exactly() {
    Path file = folder.resolve("config.json");

    JsonConfigWriter.write(
        file, Map.of("eps", 1e-5, "third", 1.0 / 3, "large", Long.MAX_VALUE, "text", "rêve 🌙"));

    JsonConfig config = JsonConfig.read(file);
    assertThat(config.number("eps")).isEqualTo(1e-5);
    assertThat(config.number("third")).isEqualTo(1.0 / 3);
    assertThat(config.longInteger("large")).isEqualTo(Long.MAX_VALUE);
    assertThat(config.string("text")).isEqualTo("rêve 🌙");
  }

  @Test
  void what_json_cannot_hold_is_our_mistake() {
    Path file = folder.resolve("config.json");

    for (Object value : List.of(Double.NaN, Double.NEGATIVE_INFINITY, Duration.ZERO)) {
      assertThatThrownBy(() -> JsonConfigWriter.write(file, Map.of("a", value)))
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith("option 'a' has the value " + value);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void a_missing_folder_is_named() {
    assertThatThrownBy(() -> JsonConfigWriter.write(folder.resolve("absent/config.json"), Map.of()))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(
            "absent/config.json: could not be written (its folder does not exist)");
  }
}
