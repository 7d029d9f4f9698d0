package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import org.junit.jupiter.api.Test;

class PaletteTest {
  private static Colour colour(int argb) {
    return Pictures.of(1, argb).at(0, 0);
  }

  @Test
  void few_colours_are_kept() {
    Palette palette = Palette.of(Pictures.of(3, 0xFF102030, 0xFFFFFFFF, 0xFF102030), 256);

    assertThat(palette.size()).isEqualTo(2);
    assertThat(palette.colour(palette.index(colour(0xFF102030)))).isEqualTo(colour(0xFF102030));
    assertThat(palette.colour(palette.index(colour(0xFFFFFFFF)))).isEqualTo(colour(0xFFFFFFFF));
  }

  @Test
  void the_widest_channel_is_cut_at_its_median() {
    Palette palette = Palette.of(Pictures.of(4, 0xFF001000, 0xFF001201, 0xFF00F000, 0xFF00F201), 2);

    assertThat(palette.size()).isEqualTo(2);
    assertThat(palette.colour(palette.index(colour(0xFF001000)))).isEqualTo(colour(0xFF001101));
    assertThat(palette.colour(palette.index(colour(0xFF00F201)))).isEqualTo(colour(0xFF00F101));
  }

  @Test
  void no_more_colours_are_made_than_asked_for() {
    Image all = Pictures.drawn(100, 100, (x, y) -> 0xFF000000 | x << 16 | y << 8 | x * y % 256);

    assertThat(Palette.of(all, 256).size()).isEqualTo(256);
  }

  @Test
  void a_transparent_pixel_has_no_colour() {
    Palette palette = Palette.of(Pictures.of(1, 0x7FFFFFFF), 256);

    assertThat(palette.size()).isZero();
    assertThat(palette.index(colour(0x7FFFFFFF))).isEqualTo(-1);
  }
}
