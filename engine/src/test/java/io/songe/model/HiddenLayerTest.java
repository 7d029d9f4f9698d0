package io.songe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HiddenLayerTest {
  @Test
  void skipping_is_counted_from_the_layer_that_a_model_was_trained_with() {
    assertThat(HiddenLayer.last().skipping(1)).isEqualTo(HiddenLayer.last());
    assertThat(HiddenLayer.last().skipping(2)).isEqualTo(HiddenLayer.clipSkip(2));
    assertThat(HiddenLayer.penultimate().skipping(1)).isEqualTo(HiddenLayer.penultimate());
    assertThat(HiddenLayer.penultimate().skipping(2)).isEqualTo(new HiddenLayer(3, false));
  }

  @Test
  void less_than_one_is_refused() {
    assertThatThrownBy(() -> HiddenLayer.last().skipping(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("clip skip is counted from 1, which skips nothing, got 0");
  }
}
