package io.songe.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final Image GREY = Image.filled(3, 2, Colour.opaque(100, 100, 100));

  @Test
  void equal_pictures_differ_by_nothing() {
    Difference difference = Difference.between(GREY, GREY);

    assertThat(difference.picture()).isEqualTo(Image.filled(3, 2, Colour.WHITE));
    assertThat(difference.psnr()).isInfinite();
  }

  @Test
  void a_difference_is_shown_four_times_stronger() {
    Difference difference =
        Difference.between(GREY, Image.filled(3, 2, Colour.opaque(110, 100, 0)));

    assertThat(difference.picture().at(0, 0)).isEqualTo(Colour.opaque(215, 255, 0));
  }

  @Test
  void one_level_everywhere_is_48_decibels() {
    Difference difference =
        Difference.between(GREY, Image.filled(3, 2, Colour.opaque(101, 99, 101)));

    assertThat(difference.psnr()).isCloseTo(20 * Math.log10(255), within(1e-9));
  }

  @Test
  void what_nobody_sees_makes_no_difference() {
    Image clear = Image.filled(3, 2, new Colour(90, 0, 0, 0));

    assertThat(Difference.between(clear, Image.filled(3, 2, Colour.WHITE)).psnr()).isInfinite();
  }

  @Test
  void pictures_of_two_sizes_are_refused() {
    assertThatThrownBy(() -> Difference.between(GREY, Image.filled(2, 3, Colour.WHITE)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("only pictures of one size can be compared, got Image 3x2 and Image 2x3");
  }
}
