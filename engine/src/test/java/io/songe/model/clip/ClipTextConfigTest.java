package io.songe.model.clip;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.model.HiddenLayer;
import io.songe.model.clip.ClipTextConfig.Activation;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextConfig.Projection;
import org.junit.jupiter.api.Test;

class ClipTextConfigTest {
  @Test
  void heads_that_do_not_divide_the_width_are_refused() {
    assertThatThrownBy(() -> config(32, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the heads of attention divide the width, got 5 heads for a width of 32");
  }

  @Test
  void sizes_below_one_are_refused() {
    assertThatThrownBy(() -> config(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the width is at least 1, got 0");
  }

  @Test
  void a_layer_behind_the_last_is_refused() {
    assertThatThrownBy(() -> HiddenLayer.clipSkip(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layers are counted from 1, the last, got 0; use 1 to skip none");
  }

  private static ClipTextConfig config(int width, int heads) {
    return new ClipTextConfig(
        64,
        width,
        64,
        1,
        heads,
        12,
        Activation.GELU,
        1e-5,
        new EndOfText.LargestId(),
        new Projection.None());
  }
}
