package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigmasTest {
  @Test
  void levels_are_one_more_than_steps() {
    Sigmas sigmas = Sigmas.of(10, 3, 0.1);

    assertThat(sigmas.steps()).isEqualTo(2);
    assertThat(sigmas.first()).isEqualTo(10);
    assertThat(sigmas.at(1)).isEqualTo(3);
    assertThat(sigmas.last()).isEqualTo(0.1);
  }

  @Test
  void the_rest_of_a_list_starts_later_and_ends_the_same() {
    Sigmas rest = Sigmas.of(10, 3, 1, 0).from(2);

    assertThat(rest).isEqualTo(Sigmas.of(1, 0)).hasSameHashCodeAs(Sigmas.of(1, 0));
    assertThat(rest).hasToString("Sigmas[1.0, 0.0]");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 0",
    "20, 0",
    "9.9, 0",
    "3.1, 0",
    "3, 1",
    "3.000001, 1",
    "2.999999, 1",
    "1, 2",
    "0.1, 2"
  })
  void a_level_belongs_to_the_last_step_that_starts_at_it_or_above(double sigma, int step) {
    assertThat(Sigmas.of(10, 3, 1, 0).stepAt(sigma)).isEqualTo(step);
  }

  @Test
  void a_later_change_of_the_array_is_not_seen() {
    double[] levels = {2, 1, 0};
    Sigmas sigmas = Sigmas.of(levels);

    levels[0] = 5;

    assertThat(sigmas.first()).isEqualTo(2);
  }

  @Test
  void leaving_out_every_step_is_refused() {
    assertThatThrownBy(() -> Sigmas.of(1, 0).from(1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("of 1 steps, 1 cannot be left out and one remain");
  }

  @Test
  void levels_that_do_not_fall_are_refused() {
    assertThatThrownBy(() -> Sigmas.of(3, 1, 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "noise levels fall from step to step, got 1.0 and then 1.0 at step 2; if there are very"
                + " many steps, take fewer");
  }

  @Test
  void levels_that_are_no_levels_are_refused() {
    assertThatThrownBy(() -> Sigmas.of(3, Double.NaN))
        .hasMessage("a noise level is a finite number from 0 on, got NaN at step 1");
    assertThatThrownBy(() -> Sigmas.of(Double.POSITIVE_INFINITY, 1))
        .hasMessageContaining("got Infinity at step 0");
    assertThatThrownBy(() -> Sigmas.of(1, -1)).hasMessageContaining("got -1.0 at step 1");
    assertThatThrownBy(() -> Sigmas.of(1)).hasMessageContaining("at least one step");
  }
}
