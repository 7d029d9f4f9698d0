package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageGridTest {
  private static final Colour RED = Colour.opaque(255, 0, 0);
  private static final Colour BLUE = Colour.opaque(0, 0, 255);

  @Test
  void pictures_fill_rows_with_margins_around_and_between() {
    List<Image> pictures =
        List.of(
            Image.filled(4, 3, RED), Image.filled(4, 3, BLUE), Image.filled(4, 3, Colour.BLACK));

    Image sheet = new ImageGrid(2, 1, Colour.WHITE).arrange(pictures);

    assertThat(sheet).hasToString("Image 11x9");
    assertThat(sheet.at(1, 1)).isEqualTo(RED);
    assertThat(sheet.at(4, 3)).isEqualTo(RED);
    assertThat(sheet.at(5, 3)).isEqualTo(Colour.WHITE);
    assertThat(sheet.at(6, 1)).isEqualTo(BLUE);
    assertThat(sheet.at(1, 5)).isEqualTo(Colour.BLACK);
    assertThat(sheet.at(9, 7)).isEqualTo(Colour.WHITE);
    assertThat(sheet.at(0, 0)).isEqualTo(Colour.WHITE);
  }

  @Test
  void smaller_pictures_are_centred_in_their_cell() {
    List<Image> pictures = List.of(Image.filled(5, 5, RED), Image.filled(1, 3, BLUE));

    Image sheet = new ImageGrid(2, 0, Colour.WHITE).arrange(pictures);

    assertThat(sheet.at(7, 1)).isEqualTo(BLUE);
    assertThat(sheet.at(7, 0)).isEqualTo(Colour.WHITE);
    assertThat(sheet.at(6, 2)).isEqualTo(Colour.WHITE);
  }

  @Test
  void transparent_pictures_show_the_background_or_stay_as_they_are() {
    List<Image> pictures = List.of(Image.filled(2, 2, new Colour(0, 0, 0, 51)));

    Image onWhite = new ImageGrid(1, 1, Colour.WHITE).arrange(pictures);
    Image onNothing = new ImageGrid(1, 1, Colour.TRANSPARENT).arrange(pictures);

    assertThat(onWhite.at(1, 1)).isEqualTo(Colour.opaque(204, 204, 204));
    assertThat(onNothing.at(1, 1)).isEqualTo(new Colour(0, 0, 0, 51));
    assertThat(onNothing.at(0, 0)).isEqualTo(Colour.TRANSPARENT);
  }

  @Test
  void a_grid_for_a_count_is_near_a_square() {
    assertThat(ImageGrid.nearSquare(1, 0, Colour.WHITE).columns()).isEqualTo(1);
    assertThat(ImageGrid.nearSquare(4, 0, Colour.WHITE).columns()).isEqualTo(2);
    assertThat(ImageGrid.nearSquare(5, 0, Colour.WHITE).columns()).isEqualTo(3);
  }

  @Test
  void impossible_grids_are_refused() {
    assertThatThrownBy(() -> new ImageGrid(0, 4, Colour.WHITE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "a grid has at least 1 column and a margin of 0 or more, got 0 columns and a margin of"
                + " 4");
    assertThatThrownBy(() -> new ImageGrid(2, 0, Colour.WHITE).arrange(List.of()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a grid needs at least one picture, got none");
    Image picture = Image.filled(1, 1, Colour.WHITE);
    assertThatThrownBy(
            () -> new ImageGrid(1, Integer.MAX_VALUE, Colour.WHITE).arrange(List.of(picture)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("make it smaller");
  }
}
