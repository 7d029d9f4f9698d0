package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaledPixelsTest {
  @Test
  void a_smaller_picture_has_the_mean_of_what_a_pixel_covers() {
    Picture picture = Picture.of(2, 0xFF000000, 0xFF0000FF, 0xFF00FF00, 0xFFFF0000);

    assertThat(ScaledPixels.of(picture, 1, 1).argb(0, 0)).isEqualTo(0xFF404040);
  }

  @Test
  void a_transparent_pixel_does_not_darken_its_neighbours() {
    Picture picture = Picture.of(2, 0xFFFF8040, 0x00000000);

    assertThat(ScaledPixels.of(picture, 1, 1).argb(0, 0)).isEqualTo(0x80FF8040);
  }

  @Test
  void a_larger_picture_repeats_the_nearest_pixel() {
    ScaledPixels scaled = ScaledPixels.of(Picture.of(2, 0xFF000001, 0xFF000002), 5, 2);

    assertThat(scaled.width()).isEqualTo(5);
    assertThat(scaled.height()).isEqualTo(2);
    assertThat(
            new int[] {scaled.argb(0, 1), scaled.argb(2, 1), scaled.argb(3, 0), scaled.argb(4, 0)})
        .containsExactly(0xFF000001, 0xFF000001, 0xFF000002, 0xFF000002);
  }

  @Test
  void no_pixel_is_left_out_when_the_sizes_do_not_divide() {
    Picture picture = Picture.of(5, 0xFF000000, 0xFF000000, 0xFF0000FF, 0xFF000000, 0xFF000000);

    ScaledPixels scaled = ScaledPixels.of(picture, 2, 1);

    assertThat(scaled.argb(0, 0)).isEqualTo(0xFF000000);
    assertThat(scaled.argb(1, 0)).isEqualTo(0xFF000055);
  }
}
