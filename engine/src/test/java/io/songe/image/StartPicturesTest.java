package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What pictures go through before and after they are drawn from. */
class StartPicturesTest {
  private static final Colour RED = Colour.opaque(255, 0, 0);
  private static final Colour BLUE = Colour.opaque(0, 0, 255);

  private static Image noise(int width, int height, long seed) {
    byte[] rgba = new byte[4 * width * height];
    new Random(seed).nextBytes(rgba);
    return Image.of(width, height, rgba);
  }

  private static Image halves(int width, int height) {
    byte[] rgba = new byte[4 * width * height];
    for (int i = 0; i < width * height; i++) {
      rgba[4 * i + (i % width < width / 2 ? 0 : 2)] = -1;
      rgba[4 * i + 3] = -1;
    }
    return Image.of(width, height, rgba);
  }

  private static Mask levels(int width, int height, int level) {
    byte[] all = new byte[width * height];
    java.util.Arrays.fill(all, (byte) level);
    return Mask.of(width, height, all);
  }

  // ---------------------------------------------------------------- laying over

  @Test
  void through_black_and_white_pixels_pass_to_the_last_bit() {
    Image above = noise(9, 5, 1);
    Image below = noise(9, 5, 2);

    assertThat(Overlay.through(levels(9, 5, 0), above, below)).isEqualTo(below);
    assertThat(Overlay.through(levels(9, 5, 255), above, below)).isEqualTo(above);
  }

  @Test
  void through_grey_colours_mix_as_they_cover() {
    Image red = Image.filled(1, 1, RED);

    assertThat(Overlay.through(levels(1, 1, 51), red, Image.filled(1, 1, BLUE)).at(0, 0))
        .isEqualTo(Colour.opaque(51, 0, 204));
    assertThat(
            Overlay.through(levels(1, 1, 51), red, Image.filled(1, 1, Colour.TRANSPARENT)).at(0, 0))
        .isEqualTo(new Colour(255, 0, 0, 51));
  }

  @Test
  void a_part_is_laid_into_its_place_and_nowhere_else() {
    Image whole = noise(12, 9, 3);
    Image part = noise(4, 3, 4);
    Rectangle place = new Rectangle(5, 2, 4, 3);

    Image laid = Overlay.into(whole, part, place, levels(12, 9, 255));

    assertThat(laid.crop(5, 2, 4, 3)).isEqualTo(part);
    assertThat(laid.crop(0, 0, 12, 2)).isEqualTo(whole.crop(0, 0, 12, 2));
    assertThat(laid.crop(9, 0, 3, 9)).isEqualTo(whole.crop(9, 0, 3, 9));
  }

  // ---------------------------------------------------------------- rectangles

  @Test
  void a_rectangle_grows_as_far_as_the_picture_goes() {
    assertThat(new Rectangle(2, 10, 4, 4).grown(5, 20, 16)).isEqualTo(new Rectangle(0, 5, 11, 11));
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10, 8, 4, 1, 1, 10, 8, 8, 8", // higher, centred
    "10, 0, 8, 4, 1, 1, 10, 0, 8, 8", // shifted down at the upper border
    "10, 28, 4, 4, 2, 1, 8, 28, 8, 4", // wider
    "0, 0, 32, 4, 1, 2, 0, 0, 32, 32" // no higher than the picture
  })
  void a_rectangle_takes_the_drawings_shape_where_there_is_room(
      int x, int y, int w, int h, int across, int down, int newX, int newY, int newW, int newH) {
    assertThat(new Rectangle(x, y, w, h).towardsRatio(across, down, 32, 32))
        .isEqualTo(new Rectangle(newX, newY, newW, newH));
  }

  // ---------------------------------------------------------------- fitting

  @ParameterizedTest
  @EnumSource(Fit.class)
  void a_picture_of_the_size_is_not_touched(Fit fit) {
    Image picture = noise(16, 8, 5);

    assertThat(fit.apply(picture, 16, 8)).isEqualTo(picture);
  }

  @Test
  void stretched_both_halves_stay() {
    Image fitted = Fit.STRETCH.apply(halves(32, 32), 64, 16);

    assertThat(fitted.at(0, 8)).isEqualTo(RED);
    assertThat(fitted.at(63, 8)).isEqualTo(BLUE);
  }

  @Test
  void cropped_the_middle_stays() {
    Image wide = halves(64, 16);

    assertThat(Fit.CROP.apply(wide, 16, 16)).isEqualTo(wide.crop(24, 0, 16, 16));
  }

  @Test
  void filled_all_of_it_is_in_the_middle_and_its_edges_go_on() {
    Image wide = halves(64, 16);

    Image fitted = Fit.FILL.apply(wide, 64, 48);

    assertThat(fitted.crop(0, 16, 64, 16)).isEqualTo(wide);
    assertThat(fitted.at(0, 0)).isEqualTo(RED);
    assertThat(fitted.at(63, 47)).isEqualTo(BLUE);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 640, 8", "7, 501, 64, 64", "501, 7, 64, 64", "3, 5, 8, 8"})
  void any_shape_fits_any_other(int width, int height, int newWidth, int newHeight) {
    for (Fit fit : Fit.values()) {
      Image fitted = fit.apply(noise(width, height, 6), newWidth, newHeight);

      assertThat(fitted.width()).as(fit.name()).isEqualTo(newWidth);
      assertThat(fitted.height()).as(fit.name()).isEqualTo(newHeight);
    }
  }

  // ---------------------------------------------------------------- filling

  @Test
  void a_hole_takes_the_colour_around_it() {
    Mask hole = new Margins(6, 6, 6, 6).mask(8, 8, 0).inverted();

    Image filled = SpreadColours.over(withHole(), hole);

    assertThat(filled).isEqualTo(Image.filled(20, 20, RED));
  }

  private static Image withHole() {
    Mask hole = new Margins(6, 6, 6, 6).mask(8, 8, 0).inverted();
    return Overlay.through(hole, noise(20, 20, 7), Image.filled(20, 20, RED));
  }

  @Test
  void near_an_edge_of_the_hole_its_colour_is_that_edges() {
    Image picture = halves(64, 64);
    byte[] levels = new byte[64 * 64];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (i % 64 >= 24 && i % 64 < 40 ? 255 : 0);
    }

    Image filled = SpreadColours.over(picture, Mask.of(64, 64, levels));

    assertThat(filled.at(24, 32).red()).isGreaterThan(170);
    assertThat(filled.at(39, 32).blue()).isGreaterThan(170);
    assertThat(filled.crop(0, 0, 24, 64)).isEqualTo(picture.crop(0, 0, 24, 64));
  }

  @Test
  void with_nothing_around_there_is_nothing_to_spread() {
    Image filled = SpreadColours.over(noise(5, 5, 8), levels(5, 5, 255));

    assertThat(filled).isEqualTo(Image.filled(5, 5, Colour.TRANSPARENT));
  }

  // ---------------------------------------------------------------- extending

  @Test
  void the_picture_lies_unchanged_in_its_margins() {
    Image picture = noise(20, 12, 9);

    Image extended = new Margins(40, 3, 0, 17).around(picture);

    assertThat(extended.width()).isEqualTo(63);
    assertThat(extended.height()).isEqualTo(29);
    assertThat(extended.crop(40, 0, 20, 12)).isEqualTo(picture);
  }

  @Test
  void beyond_an_edge_its_colours_go_on() {
    Image extended = new Margins(100, 100, 0, 0).around(halves(64, 64));

    assertThat(extended.at(0, 30)).isEqualTo(RED);
    assertThat(extended.at(263, 30)).isEqualTo(BLUE);
  }

  @Test
  void the_new_is_painted_wholly_and_the_old_only_along_the_seam() {
    Mask mask = new Margins(16, 0, 0, 0).mask(32, 8, 8);

    assertThat(mask.at(15, 4)).isEqualTo(255);
    for (int x = 16; x < 24; x++) {
      assertThat(mask.at(x, 4)).isLessThan(mask.at(x - 1, 4));
    }
    assertThat(mask.at(24, 4)).isZero();
    assertThat(mask.at(47, 4)).as("the other edge").isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, 'a picture is extended by 0 pixels or more, got -1 left, 0 right, 0 above, 0 below'",
    "0, 0, 0, 0, 'a picture is extended on at least one side, got 0 pixels on all'"
  })
  void impossible_margins_are_refused(int left, int right, int top, int bottom, String message) {
    assertThatThrownBy(() -> new Margins(left, right, top, bottom))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(message);
  }
}
