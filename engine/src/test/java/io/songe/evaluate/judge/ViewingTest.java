package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.random.Draws;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ViewingTest {
  private static final int SIDE = 16;

  /** One level of 255, where levels are rounded. */
  private static final Offset<Float> A_LEVEL = within(.01f);

  private final byte[] red =
      Thumbnails.of(List.of(Image.filled(SIDE, SIDE, Colour.opaque(255, 0, 0))), SIDE).levels(0);

  private static float[] seen(Viewing viewing, byte[] levels) {
    float[] planes = new float[4 * SIDE * SIDE];
    viewing.see(levels, SIDE, planes, 0);
    return planes;
  }

  private static float at(float[] planes, int plane, int x, int y) {
    return planes[plane * SIDE * SIDE + y * SIDE + x];
  }

  @Test
  void seen_from_where_it_is_a_picture_is_what_it_is() {
    float[] planes = seen(Viewing.plain(), red);

    assertThat(at(planes, 0, 3, 3)).isEqualTo(1, A_LEVEL);
    assertThat(at(planes, 1, 3, 3)).isEqualTo(-1, A_LEVEL);
    assertThat(at(planes, 3, 0, 0)).isEqualTo(1, A_LEVEL);
  }

  @Test
  void farther_away_there_is_nothing_on_white_around_it() {
    float[] planes = seen(Viewing.plain().scaled(.5), red);

    assertThat(at(planes, 1, 0, 0)).isEqualTo(1, A_LEVEL);
    assertThat(at(planes, 3, 0, 0)).isEqualTo(-1, A_LEVEL);
    assertThat(at(planes, 3, 8, 8)).isEqualTo(1, A_LEVEL);
  }

  @Test
  void a_shift_to_the_right_leaves_nothing_at_the_left() {
    float[] planes = seen(Viewing.plain().movedRight(.25), red);

    assertThat(at(planes, 3, 1, 8)).isEqualTo(-1, A_LEVEL);
    assertThat(at(planes, 3, 14, 8)).isEqualTo(1, A_LEVEL);
  }

  @Test
  void a_ground_is_behind_and_not_before() {
    float[] planes = seen(Viewing.plain().scaled(.5).on(new Viewing.Ground(-1, 1, -1)), red);

    assertThat(at(planes, 1, 0, 0)).isEqualTo(1, A_LEVEL);
    assertThat(at(planes, 0, 0, 0)).isEqualTo(-1, A_LEVEL);
    assertThat(at(planes, 3, 0, 0)).isEqualTo(1, A_LEVEL);
    assertThat(at(planes, 0, 8, 8)).isEqualTo(1, A_LEVEL);
  }

  @Test
  void the_same_position_is_the_same_viewing_and_others_differ() {
    Draws draws = new Draws(3);

    assertThat(Viewing.drawn(draws, 5).scale()).isEqualTo(Viewing.drawn(draws, 5).scale());
    assertThat(Viewing.drawn(draws, 5).scale()).isNotEqualTo(Viewing.drawn(draws, 6).scale());
  }
}
