package io.songe.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.data.compose.Tint;
import io.songe.image.Colour;
import io.songe.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureColourTest {
  private static final int SIDE = 32;

  /** A square in the middle of a ground. */
  private static Image square(Colour colour, Colour ground) {
    byte[] rgba = Image.filled(SIDE, SIDE, ground).rgba();
    for (int y = 8; y < 24; y++) {
      for (int x = 8; x < 24; x++) {
        int at = 4 * (y * SIDE + x);
        rgba[at] = (byte) colour.red();
        rgba[at + 1] = (byte) colour.green();
        rgba[at + 2] = (byte) colour.blue();
        rgba[at + 3] = (byte) colour.alpha();
      }
    }
    return Image.of(SIDE, SIDE, rgba);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WHITE")
  void a_thing_has_its_own_colour_and_not_that_of_the_nothing_around(Tint tint) {
    assertThat(PictureColour.ofThing(square(tint.colour(), Colour.TRANSPARENT))).isEqualTo(tint);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WHITE")
  void white_around_a_thing_does_not_count_in_opaque_pictures(Tint tint) {
    assertThat(PictureColour.ofThing(square(tint.colour(), Colour.WHITE))).isEqualTo(tint);
  }

  @ParameterizedTest
  @EnumSource
  void the_ground_is_what_is_at_the_rim(Tint tint) {
    assertThat(PictureColour.ofGround(square(Tint.BLUE.colour(), tint.colour()))).isEqualTo(tint);
  }

  @Test
  void an_empty_picture_is_white() {
    Image empty = Image.filled(SIDE, SIDE, Colour.TRANSPARENT);

    assertThat(PictureColour.ofThing(empty)).isEqualTo(Tint.WHITE);
    assertThat(PictureColour.ofGround(empty)).isEqualTo(Tint.WHITE);
  }
}
