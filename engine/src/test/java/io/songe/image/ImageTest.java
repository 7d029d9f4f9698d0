package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageTest {
  private static final byte[] TWO_PIXELS = {1, 2, 3, -1, 4, 5, 6, 7};

  @Test
  void a_picture_shares_no_memory_with_its_maker_or_its_readers() {
    byte[] given = TWO_PIXELS.clone();
    Image image = Image.of(2, 1, given);

    given[0] = 99;
    image.rgba()[1] = 99;

    assertThat(image.at(0, 0)).isEqualTo(new Colour(1, 2, 3, 255));
  }

  @Test
  void pictures_are_equal_by_size_and_pixels() {
    Image image = Image.of(2, 1, TWO_PIXELS);

    assertThat(image)
        .isEqualTo(Image.of(2, 1, TWO_PIXELS))
        .hasSameHashCodeAs(Image.of(2, 1, TWO_PIXELS))
        .isNotEqualTo(Image.of(1, 2, TWO_PIXELS))
        .isNotEqualTo(Image.filled(2, 1, Colour.WHITE));
  }

  @Test
  void one_pixel_that_is_not_opaque_makes_a_picture_transparent() {
    Image opaque = Image.filled(3, 2, Colour.WHITE);
    byte[] rgba = opaque.rgba();
    rgba[4 * 5 + 3] = (byte) 254;

    assertThat(opaque.hasTransparency()).isFalse();
    assertThat(Image.of(3, 2, rgba).hasTransparency()).isTrue();
  }

  @Test
  void a_crop_holds_the_pixels_of_its_rectangle() {
    Image image = random(7, 5, 1);

    Image crop = image.crop(2, 1, 4, 3);

    assertThat(crop).hasToString("Image 4x3");
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 4; x++) {
        assertThat(crop.at(x, y)).isEqualTo(image.at(x + 2, y + 1));
      }
    }
  }

  @Test
  void a_crop_that_leaves_the_picture_is_refused() {
    Image image = random(7, 5, 1);

    assertThatThrownBy(() -> image.crop(4, 0, 4, 5))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the rectangle 4x5 at (4, 0) is not inside the picture, which is 7x5");
    assertThatThrownBy(() -> image.crop(1, 1, Integer.MAX_VALUE, 1))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> image.crop(0, 0, 0, 1)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void over_a_colour_mixes_by_coverage() {
    Image image = Image.of(2, 1, new byte[] {100, 0, (byte) 200, 51, 9, 9, 9, 0});

    Image result = image.over(Colour.opaque(0, 50, 100));

    assertThat(result.at(0, 0)).isEqualTo(Colour.opaque(20, 40, 120));
    assertThat(result.at(1, 0)).isEqualTo(Colour.opaque(0, 50, 100));
  }

  @Test
  void over_a_half_transparent_colour_stays_half_transparent() {
    Image image = Image.of(2, 1, new byte[] {0, 0, 0, 0, 100, 100, 100, (byte) 128});

    Image result = image.over(new Colour(200, 200, 200, 128));

    assertThat(result.at(0, 0)).isEqualTo(new Colour(200, 200, 200, 128));
    assertThat(result.at(1, 0)).isEqualTo(new Colour(133, 133, 133, 192));
  }

  @Test
  void over_nothing_a_picture_is_unchanged() {
    Image image = random(3, 3, 2);

    assertThat(image.over(Colour.TRANSPARENT)).isEqualTo(image);
  }

  @Test
  void a_size_that_no_picture_has_is_refused() {
    assertThatThrownBy(() -> Image.filled(0, 5, Colour.WHITE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a picture is at least 1 pixel wide and high, got 0x5");
    assertThatThrownBy(() -> Image.filled(70_000, 70_000, Colour.WHITE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a picture of 70000x70000 has more than 536870909 pixels; make it smaller");
    assertThatThrownBy(() -> Image.of(2, 2, TWO_PIXELS))
        .isInstanceOf(EngineException.class)
        .hasMessage("a picture of 2x2 has 16 bytes, got 8");
  }

  @Test
  void a_pixel_outside_is_refused() {
    assertThatThrownBy(() -> random(3, 3, 2).at(3, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("pixel (3, 0) is outside a picture of 3x3");
  }

  static Image random(int width, int height, long seed) {
    byte[] rgba = new byte[4 * width * height];
    new Random(seed).nextBytes(rgba);
    return Image.of(width, height, rgba);
  }
}
