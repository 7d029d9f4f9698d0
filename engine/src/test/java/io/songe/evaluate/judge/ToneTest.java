package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ToneTest {
  private static final Offset<Float> ROUNDING = within(1e-5f);

  /** One pixel of a colour on white: red, green, blue from 0 to 1, and coverage. */
  private static float[] pixel(float red, float green, float blue, float cover) {
    float bare = 1 - cover;
    return new float[] {
      2 * (red * cover + bare) - 1,
      2 * (green * cover + bare) - 1,
      2 * (blue * cover + bare) - 1,
      2 * cover - 1
    };
  }

  private static float[] changed(Tone tone, float... planes) {
    tone.change(planes, 0, 1);
    return planes;
  }

  @Test
  void nothing_changes_nothing() {
    assertThat(changed(Tone.SAME, pixel(.2f, .4f, .9f, .5f)))
        .containsExactly(pixel(.2f, .4f, .9f, .5f), ROUNDING);
  }

  @Test
  void without_saturation_a_colour_is_grey() {
    assertThat(changed(new Tone(1, 0, 0), pixel(.3f, .6f, .9f, 1)))
        .containsExactly(pixel(.6f, .6f, .6f, 1), ROUNDING);
  }

  @Test
  void light_is_added_up_to_white_and_in_the_measure_of_coverage() {
    assertThat(changed(new Tone(1, 1, .2), pixel(.3f, .6f, .9f, .5f)))
        .containsExactly(pixel(.5f, .8f, 1, .5f), ROUNDING);
  }

  @Test
  void the_white_behind_stays_white() {
    assertThat(changed(new Tone(.5, .5, -.1), pixel(0, 0, 0, 0)))
        .containsExactly(pixel(0, 0, 0, 0), ROUNDING);
  }
}
