package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.EngineException;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The golden levels come from tools/golden/image_planes.py. */
class ImagePlanesTest {
  @Test
  void opaque_levels_are_those_of_diffusers() {
    JsonNode golden = Golden.read("planes.json");
    float[] planes = floats(golden.get("planes"));

    Image image =
        Image.fromPlanes(golden.get("width").asInt(), golden.get("height").asInt(), planes);

    byte[] rgba = image.rgba();
    for (int i = 0; i < rgba.length; i++) {
      int expected = i % 4 == 3 ? 255 : golden.get("rgb").get(i / 4 * 3 + i % 4).asInt();
      assertThat(rgba[i] & 0xff).as("byte %d", i).isEqualTo(expected);
    }
  }

  @Test
  void values_of_opaque_levels_are_those_of_diffusers() {
    byte[] rgba = new byte[4 * 256];
    for (int i = 0; i < rgba.length; i++) {
      rgba[i] = (byte) (i % 4 == 3 ? 255 : i / 4);
    }

    float[] planes = Image.of(16, 16, rgba).toPlanes(3);

    float[] expected = floats(Golden.read("planes.json").get("normalised"));
    assertThat(Arrays.copyOf(planes, 256)).containsExactly(expected);
  }

  @RepeatedTest(20)
  void over_white_a_transparent_picture_gives_back_its_colours_within_a_level(
      RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    float[] planes = new float[4 * 64 * 48];
    for (int i = 0; i < planes.length; i++) {
      // Often beyond the range: most coverage is all or nothing, as networks have it.
      planes[i] = random.nextFloat(-1.5f, 1.5f);
    }

    Image onWhite = Image.fromPlanes(64, 48, planes).over(Colour.WHITE);

    float[] colours = Arrays.copyOf(planes, 3 * 64 * 48);
    assertThat(worstDifference(onWhite, Image.fromPlanes(64, 48, colours))).isLessThanOrEqualTo(1);
  }

  @Test
  void colour_and_coverage_come_back_through_planes() {
    byte[] rgba = new byte[4 * 256 * 256];
    Random random = new Random(4);
    random.nextBytes(rgba);
    for (int i = 0; i < rgba.length; i += 4) {
      rgba[i + 3] = (byte) (i / 4 / 256);
    }
    Image image = Image.of(256, 256, rgba);

    Image back = Image.fromPlanes(256, 256, image.toPlanes(4));

    for (int alpha = 2; alpha < 254; alpha++) {
      // A level of the composite is 255 / alpha levels of the colour; half of one is rounded away.
      int colourTolerance = (int) Math.ceil(0.5 * 255 / alpha + 0.5);
      for (int x = 0; x < 256; x++) {
        Colour expected = image.at(x, alpha);
        Colour actual = back.at(x, alpha);
        assertThat(actual.alpha()).isEqualTo(alpha);
        assertThat(Math.abs(actual.red() - expected.red())).isLessThanOrEqualTo(colourTolerance);
        assertThat(Math.abs(actual.blue() - expected.blue())).isLessThanOrEqualTo(colourTolerance);
      }
    }
  }

  @Test
  void residual_coverage_vanishes_and_almost_full_coverage_fills() {
    float[] planes = onePixel(255, 254, 255, 1);
    float[] full = onePixel(10, 20, 30, 254);

    assertThat(Image.fromPlanes(1, 1, planes).at(0, 0)).isEqualTo(Colour.TRANSPARENT);
    assertThat(Image.fromPlanes(1, 1, full).at(0, 0)).isEqualTo(Colour.opaque(10, 20, 30));
  }

  @Test
  void coverage_is_raised_to_what_the_colour_on_white_needs() {
    float[] planes = onePixel(155, 205, 255, 0);

    Image image = Image.fromPlanes(1, 1, planes);

    assertThat(image.at(0, 0)).isEqualTo(new Colour(0, 127, 255, 100));
  }

  @Test
  void three_planes_of_a_transparent_picture_show_it_on_white() {
    Image image = Image.of(1, 1, new byte[] {0, (byte) 255, 51, 51});

    assertThat(image.toPlanes(3))
        .containsExactly(new float[] {0.6f, 1f, 0.68f}, Offset.offset(1e-6f)); // float rounding
  }

  @Test
  void a_value_that_is_no_number_is_refused_with_its_place() {
    float[] planes = new float[3 * 4 * 2];
    planes[8 + 6] = Float.NaN;

    assertThatThrownBy(() -> Image.fromPlanes(4, 2, planes))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith(
            "channel 1 of pixel (2, 1) is not a number: the network overflowed");
  }

  @Test
  void a_wrong_number_of_values_is_refused() {
    assertThatThrownBy(() -> Image.fromPlanes(4, 2, new float[16]))
        .isInstanceOf(EngineException.class)
        .hasMessage("a picture of 4x2 has 3 or 4 planes of 8 values, got 16 values in all");
    assertThatThrownBy(() -> Image.filled(1, 1, Colour.WHITE).toPlanes(1))
        .isInstanceOf(EngineException.class)
        .hasMessage("a picture has 3 planes, or 4 with its coverage; asked for 1");
  }

  private static float[] onePixel(int... levels) {
    float[] planes = new float[levels.length];
    for (int i = 0; i < levels.length; i++) {
      planes[i] = levels[i] / 127.5f - 1;
    }
    return planes;
  }

  private static float[] floats(JsonNode numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers.get(i).asDouble();
    }
    return values;
  }

  private static int worstDifference(Image one, Image other) {
    byte[] left = one.rgba();
    byte[] right = other.rgba();
    int worst = 0;
    for (int i = 0; i < left.length; i++) {
      worst = Math.max(worst, Math.abs((left[i] & 0xff) - (right[i] & 0xff)));
    }
    return worst;
  }
}
