package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.image.Colour;
import io.songe.image.Image;
import org.junit.jupiter.api.Test;

class PictureComparisonTest {
  private static final Image GREY = Image.filled(4, 2, Colour.opaque(100, 100, 100));

  @Test
  void a_picture_is_identical_to_itself() {
    PictureComparison comparison = PictureComparison.of(GREY, GREY);

    assertThat(comparison.identical()).isTrue();
    assertThat(comparison.psnr()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void differing_pixels_are_counted_once_each() {
    byte[] rgba = GREY.rgba();
    rgba[0] = 103;
    rgba[1] = 80;
    rgba[31] = (byte) 250; // the last pixel's coverage

    PictureComparison comparison = PictureComparison.of(GREY, Image.of(4, 2, rgba));

    assertThat(comparison.identical()).isFalse();
    assertThat(comparison.differing()).isEqualTo(2);
    assertThat(comparison.pixels()).isEqualTo(8);
    assertThat(comparison.largest()).isEqualTo(20);
  }

  @Test
  void the_signal_to_noise_ratio_is_that_of_the_mean_square() {
    Image other = Image.filled(4, 2, Colour.opaque(110, 110, 110));

    // Three of four channels differ by 10: 10 log10(255^2 / 75).
    assertThat(PictureComparison.of(GREY, other).psnr()).isCloseTo(29.380, within(0.001));
  }

  @Test
  void levels_are_not_signed() {
    Image black = Image.filled(1, 1, Colour.BLACK);
    Image white = Image.filled(1, 1, Colour.WHITE);

    assertThat(PictureComparison.of(black, white).largest()).isEqualTo(255);
  }
}
