package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PicturePreviewTest {
  private static final int RED = 0xFFFF0000;

  private static PicturePreview preview(PreviewStyle style, Window window) {
    return new PicturePreview(
        new Terminal(true, window, ColourDepth.TRUE, true, Set.of()), style, 9);
  }

  @Test
  void half_blocks_are_drawn_where_they_were() {
    PicturePreview preview = preview(PreviewStyle.HALF, Window.USUAL);

    String first = preview.draw(Pictures.filled(1, 4, RED));
    String second = preview.draw(Pictures.filled(1, 4, RED));

    String row = "\033[38;2;255;0;0m\033[48;2;255;0;0m▀\033[0m\n";
    assertThat(first).isEqualTo(row + row);
    assertThat(second).isEqualTo("\033[2A" + row + row);
  }

  @Test
  void half_blocks_fit_the_window() {
    PicturePreview preview = preview(PreviewStyle.HALF, new Window(41, 100, 0, 0));

    assertThat(preview.draw(Pictures.filled(400, 200, RED)).lines())
        .hasSize(10)
        .allMatch(line -> line.chars().filter(character -> character == '▀').count() == 40);
  }

  @Test
  void half_blocks_leave_lines_for_the_rest_in_a_low_window() {
    PicturePreview preview = preview(PreviewStyle.HALF, new Window(80, 10, 0, 0));

    assertThat(preview.draw(Pictures.filled(100, 100, RED)).lines()).hasSize(7);
  }

  @Test
  void kittys_picture_keeps_its_place_and_its_number() {
    PicturePreview preview = preview(PreviewStyle.KITTY, new Window(80, 7, 800, 140));

    String first = preview.draw(Pictures.filled(40, 20, RED));
    String second = preview.draw(Pictures.filled(40, 20, RED));

    // four lines of 20 pixels: the picture is shown four times as high, 16 columns of 10 wide
    assertThat(first)
        .startsWith(
            "\n\n\n\n\033[4A\0337\033_Ga=T,q=2,f=32,o=z,s=40,v=20,i=9,p=1,c=16,r=4,C=1,m=0;")
        .endsWith("\033\\\0338\033[4B");
    assertThat(second).isEqualTo("\033[4A" + first);
  }

  @Test
  void kitty_is_not_sent_more_pixels_than_it_shows() {
    PicturePreview preview = preview(PreviewStyle.KITTY, new Window(80, 7, 800, 140));

    assertThat(preview.draw(Pictures.filled(800, 800, RED))).contains("s=80,v=80,i=9,p=1,c=8,r=4,");
  }

  @Test
  void sixels_replace_what_was_there() {
    PicturePreview preview = preview(PreviewStyle.SIXEL, new Window(80, 4, 640, 64));

    String first = preview.draw(Pictures.filled(4, 4, RED));
    String second = preview.draw(Pictures.filled(4, 4, RED));

    assertThat(first)
        .isEqualTo(
            "\033[J\n\033[1A\0337"
                + "\033P0;1;0q\"1;1;16;16#0;2;100;0;0#0!16~$-#0!16~$-#0!16N$-\033\\"
                + "\0338\033[1B");
    assertThat(second).isEqualTo("\033[1A" + first);
  }

  @Test
  void a_picture_needs_a_number() {
    Terminal terminal = new Terminal(true, Window.USUAL, ColourDepth.TRUE, true, Set.of());

    assertThatThrownBy(() -> new PicturePreview(terminal, PreviewStyle.KITTY, 0))
        .hasMessage("an image's number is at least 1, got 0");
  }
}
