package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Files of other writers. They come from tools/golden/png_pixels.py and tools/golden/png_text.py;
 * the other way, tools/golden/check_written_png.py has Pillow read ours.
 */
class PngGoldenTest {
  static Stream<JsonNode> pixels() {
    return Golden.read("png_pixels.json").valueStream();
  }

  static Stream<JsonNode> texts() {
    return Golden.read("png_text.json").valueStream();
  }

  @ParameterizedTest
  @MethodSource("pixels")
  void every_colour_type_depth_and_interlacing_is_read(JsonNode golden) {
    String name = golden.get("name").asString();

    Png png = Png.decode(Golden.bytes(golden.get("png")), name, PngLimits.DEFAULT);

    assertThat(png.image().width()).as(name).isEqualTo(golden.get("width").asInt());
    assertThat(png.image().height()).as(name).isEqualTo(golden.get("height").asInt());
    assertThat(png.image().rgba()).as(name).isEqualTo(Golden.bytes(golden.get("rgba")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void every_kind_of_text_is_read(JsonNode golden) {
    String name = golden.get("name").asString();

    Png png = Png.decode(Golden.bytes(golden.get("png")), name, PngLimits.DEFAULT);

    assertThat(png.texts()).as(name).hasSameSizeAs(golden.get("texts").properties());
    golden
        .get("texts")
        .properties()
        .forEach(text ->
            assertThat(png.texts())
                .as(name)
                .containsEntry(text.getKey(), text.getValue().asString()));
  }
}
