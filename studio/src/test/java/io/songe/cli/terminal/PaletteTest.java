package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaletteTest {
  @Test
  void few_colors_are_kept() {
    Palette palette = Palette.of(Picture.of(3, 0xFF102030, 0xFFFFFFFF, 0xFF102030), 256);

    assertThat(palette.size()).isEqualTo(2);
    assertThat(palette.rgb(palette.index(0xFF102030))).isEqualTo(0x102030);
    assertThat(palette.rgb(palette.index(0xFFFFFFFF))).isEqualTo(0xFFFFFF);
  }

  @Test
  void the_widest_channel_is_cut_at_its_median() {
    Palette palette = Palette.of(Picture.of(4, 0xFF001000, 0xFF001201, 0xFF00F000, 0xFF00F201), 2);

    assertThat(palette.size()).isEqualTo(2);
    assertThat(palette.rgb(palette.index(0xFF001000))).isEqualTo(0x001101);
    assertThat(palette.rgb(palette.index(0xFF00F201))).isEqualTo(0x00F101);
  }

  @Test
  void no_more_colors_are_made_than_asked_for() {
    Picture all = new Picture(100, 100, (x, y) -> 0xFF000000 | x << 16 | y << 8 | x * y % 256);

    assertThat(Palette.of(all, 256).size()).isEqualTo(256);
  }

  @Test
  void a_transparent_pixel_has_no_color() {
    Palette palette = Palette.of(Picture.of(1, 0x7FFFFFFF), 256);

    assertThat(palette.size()).isZero();
    assertThat(palette.index(0x7FFFFFFF)).isEqualTo(-1);
  }
}
