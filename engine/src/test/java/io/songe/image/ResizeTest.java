package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The golden pictures come from tools/golden/image_resize.py. */
class ResizeTest {
  private static final JsonNode GOLDEN = Golden.read("resize.json");

  static Stream<JsonNode> cases() {
    return GOLDEN.get("cases").valueStream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void resized_pictures_are_pillows(JsonNode golden) {
    Image source = image(GOLDEN.get("sources").get(golden.get("source").asString()));
    Image expected = image(golden);
    Resampling resampling = Resampling.valueOf(golden.get("filter").asString());

    Image actual = source.resize(expected.width(), expected.height(), resampling);

    // Pillow rounds to whole levels before, between and after the passes, we only after.
    int tolerance = resampling == Resampling.NEAREST ? 0 : 2;
    assertThat(worstDifference(actual, expected)).isLessThanOrEqualTo(tolerance);
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void a_flat_picture_stays_flat_at_any_size(Resampling resampling) {
    Colour colour = new Colour(200, 3, 77, 129);
    Image flat = Image.filled(31, 17, colour);

    assertThat(flat.resize(8, 40, resampling)).isEqualTo(Image.filled(8, 40, colour));
    assertThat(flat.resize(100, 3, resampling)).isEqualTo(Image.filled(100, 3, colour));
  }

  @ParameterizedTest
  @EnumSource(Resampling.class)
  void colours_under_transparent_pixels_do_not_bleed_in(Resampling resampling) {
    Image image = Image.of(2, 1, new byte[] {0, 0, 0, -1, -1, 0, 0, 0});

    Image wide = image.resize(16, 4, resampling);

    for (int x = 0; x < 16; x++) {
      Colour colour = wide.at(x, 2);
      assertThat(colour.red() * colour.alpha()).as("column %d", x).isZero();
    }
  }

  @Test
  void an_impossible_size_is_refused() {
    Image image = Image.filled(2, 2, Colour.WHITE);

    assertThatThrownBy(() -> image.resize(0, 4, Resampling.BILINEAR))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a picture is at least 1 pixel wide and high, got 0x4");
  }

  /** Of the premultiplied colours: those of a hardly covered pixel are uncertain, and unseen. */
  private static double worstDifference(Image one, Image other) {
    double worst = 0;
    for (int y = 0; y < one.height(); y++) {
      for (int x = 0; x < one.width(); x++) {
        Colour left = one.at(x, y);
        Colour right = other.at(x, y);
        worst = Math.max(worst, Math.abs(left.alpha() - right.alpha()));
        worst = Math.max(worst, difference(left.red(), left, right.red(), right));
        worst = Math.max(worst, difference(left.green(), left, right.green(), right));
        worst = Math.max(worst, difference(left.blue(), left, right.blue(), right));
      }
    }
    return worst;
  }

  private static double difference(int left, Colour leftOf, int right, Colour rightOf) {
    return Math.abs(left * leftOf.alpha() - right * rightOf.alpha()) / 255.0;
  }

  private static Image image(JsonNode golden) {
    JsonNode size = golden.get("size");
    return Image.of(size.get(0).asInt(), size.get(1).asInt(), Golden.bytes(golden.get("rgba")));
  }
}
