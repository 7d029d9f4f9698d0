package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.image.Colour;
import io.songe.image.Image;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LookTest {
  private static final Colour RED = new Colour(210, 40, 40, 255);
  private static final Colour BLUE = new Colour(40, 60, 200, 255);
  private static final Colour SAND = new Colour(230, 210, 170, 255);
  private static final Colour NOTHING = Colour.TRANSPARENT;

  /** A disc before a ground. */
  private static Image disc(Colour disc, Colour ground, double x, double y, int side) {
    byte[] rgba = new byte[4 * side * side];
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        boolean inside = Math.hypot(column - x * side, row - y * side) < 0.25 * side;
        Colour colour = inside ? disc : ground;
        int i = 4 * (row * side + column);
        rgba[i] = (byte) colour.red();
        rgba[i + 1] = (byte) colour.green();
        rgba[i + 2] = (byte) colour.blue();
        rgba[i + 3] = (byte) colour.alpha();
      }
    }
    return Image.of(side, side, rgba);
  }

  private static double likeness(Image one, Image other) {
    return Look.of(one).likeness(Look.of(other));
  }

  @Test
  void a_picture_is_wholly_like_itself() {
    Image image = disc(RED, SAND, 0.5, 0.5, 96);

    // 128 numbers are rounded to 127ths
    assertThat(likeness(image, image)).isCloseTo(1, within(0.05));
  }

  @Test
  void size_hardly_counts() {
    assertThat(likeness(disc(RED, SAND, 0.5, 0.5, 256), disc(RED, SAND, 0.5, 0.5, 96)))
        .isGreaterThan(0.98);
  }

  @Test
  void a_shifted_picture_is_more_alike_than_one_of_other_colours() {
    Image image = disc(RED, SAND, 0.4, 0.5, 96);

    double shifted = likeness(image, disc(RED, SAND, 0.55, 0.5, 96));
    double recoloured = likeness(image, disc(BLUE, RED, 0.4, 0.5, 96));

    assertThat(shifted).isGreaterThan(recoloured + 0.2);
  }

  @Test
  void colours_under_nothing_do_not_count() {
    Image hidden = disc(RED, new Colour(0, 255, 0, 0), 0.5, 0.5, 64);

    assertThat(Look.of(hidden)).isEqualTo(Look.of(disc(RED, NOTHING, 0.5, 0.5, 64)));
  }

  @Test
  void any_picture_has_a_look_of_bounded_length() {
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      byte[] rgba = new byte[4 * (1 + random.nextInt(90)) * (1 + i)];
      random.nextBytes(rgba);
      Look look = Look.of(Image.of(rgba.length / 4 / (1 + i), 1 + i, rgba));

      assertThat(look.likeness(look)).isBetween(0.9, 1.1);
    }
    assertThat(Look.of(Image.filled(1, 1, NOTHING)).numbers()).hasSize(Look.SIZE);
  }
}
