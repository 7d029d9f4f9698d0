package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.1",
    "4, 0.5",
    "9, 1",
    "10, 1",
    "50, 1",
    "75, 0.5",
    "87, 0.26",
    "95, 0.1",
    "99, 0.1"
  })
  void it_rises_stays_and_falls_to_its_rest(long step, double expected) {
    LearningRate rate = new LearningRate(1, 10, 100, .5, .1);

    assertThat(rate.at(step)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void without_a_rise_and_a_fall_it_is_always_the_same() {
    LearningRate rate = new LearningRate(.25, 0, 1000, 1, 0);

    assertThat(LongStream.of(0, 1, 500, 999).mapToObj(rate::at)).containsOnly(.25);
  }

  @Test
  void values_out_of_range_are_refused() {
    assertThatThrownBy(() -> new LearningRate(0, 10, 100, .5, .1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0.0, 10 and 100");
    assertThatThrownBy(() -> new LearningRate(1, 10, 100, 1.5, .1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1.5 and 0.1");
  }
}
