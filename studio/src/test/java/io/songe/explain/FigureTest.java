package io.songe.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import io.songe.explain.Figure.Panel;
import io.songe.explain.Figure.Row;
import io.songe.image.Colour;
import io.songe.image.Image;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Colour RED = Colour.opaque(220, 30, 20);
  private static final Colour BLUE = Colour.opaque(20, 30, 220);

  private static Panel panel(Colour colour, String caption) {
    return new Panel(Image.filled(200, 200, colour), caption);
  }

  private static Image draw(Row... rows) {
    return new Figure(List.of(rows), 100).draw();
  }

  private static boolean hasInk(Image image, int top, int bottom) {
    for (int y = top; y < bottom; y++) {
      for (int x = 0; x < image.width(); x++) {
        if (image.at(x, y).red() < 100 && image.at(x, y).blue() < 100) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void pictures_stand_side_by_side_at_one_width() {
    Image figure = draw(new Row("", List.of(panel(RED, ""), panel(BLUE, ""))));

    assertThat(figure.width()).isEqualTo(8 + 100 + 8 + 100 + 8);
    assertThat(figure.height()).isEqualTo(8 + 100 + 8);
    assertThat(figure.at(0, 0)).isEqualTo(Colour.WHITE);
    assertThat(figure.at(8, 8)).isEqualTo(RED);
    assertThat(figure.at(107, 107)).isEqualTo(RED);
    assertThat(figure.at(112, 50)).isEqualTo(Colour.WHITE);
    assertThat(figure.at(116, 8)).isEqualTo(BLUE);
  }

  @Test
  void a_title_stands_above_and_a_caption_below() {
    int plain = draw(new Row("", List.of(panel(RED, "")))).height();

    Image titled = draw(new Row("Noise", List.of(panel(RED, ""))));
    Image captioned = draw(new Row("", List.of(panel(RED, "noise"))));

    assertThat(hasInk(titled, 0, titled.height() - plain)).isTrue();
    assertThat(hasInk(titled, titled.height() - plain + 8, titled.height())).isFalse();
    assertThat(hasInk(captioned, 0, 108)).isFalse();
    assertThat(hasInk(captioned, 108, captioned.height())).isTrue();
  }

  @Test
  void a_long_caption_is_broken_between_words() {
    int one = draw(new Row("", List.of(panel(RED, "a word")))).height();
    int several =
        draw(new Row("", List.of(panel(RED, "so many words that no line holds them all"))))
            .height();

    assertThat(several).isGreaterThanOrEqualTo(one + 20);
  }

  @Test
  void the_numbers_of_a_latent_stay_squares() {
    byte[] checks = new byte[4 * 4];
    for (int i = 0; i < checks.length; i++) {
      checks[i] = (byte) (i % 4 == 3 || i / 4 == 0 || i / 4 == 3 ? 255 : 0);
    }
    Image figure = draw(new Row("", List.of(new Panel(Image.of(2, 2, checks), ""))));

    assertThat(figure.at(8 + 49, 8 + 49)).isEqualTo(Colour.WHITE);
    assertThat(figure.at(8 + 50, 8 + 49)).isEqualTo(Colour.BLACK);
  }

  @Test
  void an_empty_place_stays_white() {
    Image figure = draw(new Row("", List.of(Panel.empty(), panel(RED, ""))));

    assertThat(figure.at(58, 58)).isEqualTo(Colour.WHITE);
  }

  @Test
  void without_a_font_it_says_what_to_install() {
    assertThatThrownBy(() ->
            Lettering.of(() -> {
              throw new InternalError("Fontconfig head is null");
            }))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "this machine has no font to write with; install fontconfig and a font, such as DejaVu");
  }
}
