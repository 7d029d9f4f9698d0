package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfBlocksTest {
  private static final int RED = 0xFFFF0000;
  private static final int BLUE = 0xFF0000FF;
  private static final int CLEAR = 0x00FFFFFF;

  @Test
  void the_upper_pixel_is_the_front_and_the_lower_one_the_back() {
    String text = HalfBlocks.draw(Pictures.of(1, RED, BLUE), ColourDepth.TRUE);

    assertThat(text).isEqualTo("\033[38;2;255;0;0m\033[48;2;0;0;255m▀\033[0m\n");
  }

  @Test
  void colours_are_selected_only_where_they_change() {
    String text = HalfBlocks.draw(Pictures.of(3, RED, RED, BLUE, RED, RED, RED), ColourDepth.TRUE);

    assertThat(text)
        .isEqualTo(
            "\033[38;2;255;0;0m\033[48;2;255;0;0m▀▀"
                + "\033[0m\033[38;2;0;0;255m\033[48;2;255;0;0m▀\033[0m\n");
  }

  @Test
  void a_transparent_pixel_shows_the_terminals_own_background() {
    String text =
        HalfBlocks.draw(
            Pictures.of(4, CLEAR, RED, CLEAR, CLEAR, CLEAR, CLEAR, BLUE, CLEAR), ColourDepth.TRUE);

    assertThat(text).isEqualTo(" \033[38;2;255;0;0m▀\033[0m\033[38;2;0;0;255m▄\033[0m \n");
  }

  @Test
  void an_odd_last_row_is_the_upper_half_alone() {
    String text = HalfBlocks.draw(Pictures.of(1, RED, RED, BLUE), ColourDepth.TRUE);

    assertThat(text).endsWith("\n\033[38;2;0;0;255m▀\033[0m\n");
  }

  @ParameterizedTest
  @CsvSource({
    "000000, 16",
    "FFFFFF, 231",
    "FF0000, 196",
    "5F87AF, 67",
    "808080, 244",
    "0A0A0A, 232",
    "600000, 52",
    "707070, 242"
  })
  void with_a_palette_the_nearest_of_xterms_colours_is_taken(String rgb, int index) {
    int argb = 0xFF000000 | Integer.parseInt(rgb, 16);

    String text = HalfBlocks.draw(Pictures.of(1, argb), ColourDepth.PALETTE);

    assertThat(text).isEqualTo("\033[38;5;" + index + "m▀\033[0m\n");
  }

  @Test
  void no_other_colour_of_the_palette_is_nearer() {
    Random random = new Random(11);

    for (int i = 0; i < 500; i++) {
      int rgb = random.nextInt(1 << 24);
      String text = HalfBlocks.draw(Pictures.of(1, 0xFF000000 | rgb), ColourDepth.PALETTE);
      int taken = Integer.parseInt(text.replaceFirst("\033\\[38;5;([0-9]+)m.*\n", "$1"));

      int nearest = IntStream.range(16, 256).map(index -> distance(index, rgb)).min().orElseThrow();
      assertThat(distance(taken, rgb)).as("%06x", rgb).isEqualTo(nearest);
    }
  }

  /** The square of the distance between a colour of xterm's palette and another. */
  private static int distance(int index, int rgb) {
    int[] levels = {0, 95, 135, 175, 215, 255};
    int cube = index - 16;
    int grey = 8 + 10 * (index - 232);
    int red = index < 232 ? levels[cube / 36] : grey;
    int green = index < 232 ? levels[cube / 6 % 6] : grey;
    int blue = index < 232 ? levels[cube % 6] : grey;
    int toRed = red - (rgb >> 16);
    int toGreen = green - (rgb >> 8 & 255);
    int toBlue = blue - (rgb & 255);
    return toRed * toRed + toGreen * toGreen + toBlue * toBlue;
  }
}
