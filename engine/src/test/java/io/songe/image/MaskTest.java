package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static final byte WHITE = (byte) 255;

  /** A mask with one rectangle of white. */
  private static Mask rectangle(int width, int height, Rectangle white) {
    byte[] levels = new byte[width * height];
    for (int y = white.y(); y < white.y() + white.height(); y++) {
      for (int x = white.x(); x < white.x() + white.width(); x++) {
        levels[y * width + x] = WHITE;
      }
    }
    return Mask.of(width, height, levels);
  }

  private static Image two(Colour left, Colour right) {
    byte[] rgba = new byte[8];
    int i = 0;
    for (Colour colour : new Colour[] {left, right}) {
      rgba[i++] = (byte) colour.red();
      rgba[i++] = (byte) colour.green();
      rgba[i++] = (byte) colour.blue();
      rgba[i++] = (byte) colour.alpha();
    }
    return Image.of(2, 1, rgba);
  }

  @Test
  void bright_is_painted_as_much_as_the_eye_sees_it() {
    Mask mask = Mask.of(two(Colour.WHITE, Colour.opaque(255, 0, 0)), Mask.Convention.BRIGHT);

    assertThat(mask.at(0, 0)).isEqualTo(255);
    assertThat(mask.at(1, 0)).isEqualTo(76); // Pillow's grey of red
  }

  @Test
  void of_a_transparent_layer_what_is_opaque_is_painted_whatever_its_colour() {
    Mask mask = Mask.of(two(Colour.BLACK, Colour.TRANSPARENT), Mask.Convention.BRIGHT);

    assertThat(mask.at(0, 0)).isEqualTo(255);
    assertThat(mask.at(1, 0)).isZero();
  }

  @Test
  void where_transparent_is_painted_colours_are_of_no_matter() {
    Mask mask =
        Mask.of(two(Colour.WHITE, new Colour(255, 255, 255, 55)), Mask.Convention.TRANSPARENT);

    assertThat(mask.at(0, 0)).isZero();
    assertThat(mask.at(1, 0)).isEqualTo(200);
  }

  @Test
  void inverted_twice_it_is_the_same() {
    Mask mask = rectangle(9, 7, new Rectangle(2, 3, 4, 2)).blurred(2);

    assertThat(mask.inverted().inverted()).isEqualTo(mask);
    assertThat(mask.inverted().at(0, 0)).isEqualTo(255 - mask.at(0, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void an_edge_is_blurred_to_a_normal_distribution(int deviation) {
    int half = 40;
    Mask soft = rectangle(2 * half, 3, new Rectangle(half, 0, half, 3)).blurred(deviation);

    // At the edge half; one deviation further 84 %; nothing beyond 2.5 deviations and a pixel.
    assertThat((soft.at(half - 1, 1) + soft.at(half, 1)) / 2.0).isEqualTo(127.5, within(0.5));
    double oneDeviation = (soft.at(half + deviation - 1, 1) + soft.at(half + deviation, 1)) / 2.0;
    assertThat(oneDeviation / 255).isEqualTo(0.8413, within(0.03));
    assertThat(soft.at(half - 4 * deviation, 1)).isZero();
    assertThat(soft.at(half + 4 * deviation, 1)).isEqualTo(255);
  }

  @Test
  void blurred_across_and_down_it_is_the_same() {
    Mask mask = rectangle(21, 21, new Rectangle(8, 8, 5, 5)).blurred(3);

    for (int y = 0; y < 21; y++) {
      for (int x = 0; x < 21; x++) {
        assertThat(mask.at(x, y)).isEqualTo(mask.at(y, x)).isEqualTo(mask.at(20 - x, y));
      }
    }
  }

  @Test
  void no_blur_is_the_mask_itself_and_white_stays_white() {
    Mask mask = rectangle(8, 8, new Rectangle(0, 0, 8, 8));

    assertThat(mask.blurred(0)).isSameAs(mask);
    assertThat(mask.blurred(5)).isEqualTo(mask);
  }

  @Test
  void its_bounds_hold_every_painted_pixel() {
    Rectangle white = new Rectangle(3, 1, 2, 5);

    assertThat(rectangle(9, 7, white).bounds()).isEqualTo(white);
  }

  @Test
  void an_empty_mask_has_no_bounds() {
    Mask empty = Mask.of(4, 4, new byte[16]);

    assertThatThrownBy(empty::bounds).isInstanceOf(InvalidRequestException.class);
    assertThat(empty.reaches(1)).isFalse();
  }

  @Test
  void a_single_pixel_paints_its_latent_and_no_other() {
    float[] latents = rectangle(24, 16, new Rectangle(17, 9, 1, 1)).latents(8);

    assertThat(latents).containsExactly(0, 0, 0, 0, 0, 1);
  }

  @Test
  void as_a_picture_it_reads_back() {
    Mask mask = rectangle(9, 7, new Rectangle(2, 3, 4, 2)).blurred(2);

    assertThat(Mask.of(mask.toImage(), Mask.Convention.BRIGHT)).isEqualTo(mask);
  }
}
