package io.songe.model.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.unet.UNetConfig.Attention;
import io.songe.model.unet.UNetConfig.Level;
import io.songe.model.unet.UNetConfig.Middle;
import io.songe.model.unet.UNetConfig.TimeInjection;
import io.songe.model.unet.UNetConfig.Waves;
import java.util.List;
import org.junit.jupiter.api.Test;

class UNetConfigTest {
  @Test
  void heads_that_do_not_divide_the_channels_are_refused() {
    assertThatThrownBy(
            () -> config(List.of(new Level(32, 1, Attention.of(5, 1))), new Middle.None(), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the heads of attention divide the width they are of, got 5 for 32");
    assertThatThrownBy(() ->
            config(List.of(new Level(32, 1, new Attention.None())), new Middle.Attending(3, 1), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 3 for 32");
  }

  @Test
  void groups_that_do_not_divide_the_channels_are_refused() {
    assertThatThrownBy(
            () -> config(List.of(new Level(36, 1, new Attention.None())), new Middle.None(), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the groups of normalization divide the width they are of, got 8 for 36");
  }

  @Test
  void a_network_without_levels_is_refused() {
    assertThatThrownBy(() -> config(List.of(), new Middle.None(), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the number of levels is at least 1, got 0");
  }

  @Test
  void another_input_changes_nothing_else() {
    UNetConfig changed = UNetConfig.stableDiffusion1().withInputChannels(9);

    assertThat(changed.inputChannels()).isEqualTo(9);
    assertThat(changed.withInputChannels(4)).isEqualTo(UNetConfig.stableDiffusion1());
  }

  private static UNetConfig config(List<Level> levels, Middle middle, int groups) {
    return new UNetConfig(
        4,
        4,
        levels,
        middle,
        16,
        true,
        TimeInjection.ADDITION,
        new Added.None(),
        new Waves(true, 0),
        groups,
        1e-5);
  }
}
