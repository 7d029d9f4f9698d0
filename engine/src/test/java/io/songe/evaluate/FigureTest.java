package io.songe.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void parts_are_written_in_percent_and_small_chances_not_as_none() {
    Figure figure = Figure.part("a", "a", .5, OptionalDouble.of(.703), .00053, 100);

    assertThat(figure.written(figure.value())).isEqualTo("50.0 %");
    assertThat(figure.written(figure.real())).isEqualTo("70.3 %");
    assertThat(figure.written(figure.chance())).isEqualTo("0.05 %");
    assertThat(figure.written(OptionalDouble.of(0))).isEqualTo("0.0 %");
  }

  @Test
  void other_numbers_are_written_to_a_thousandth_and_what_is_missing_not_at_all() {
    OptionalDouble none = OptionalDouble.empty();
    Figure figure = Figure.number("a", "a", .33949, none, none, 100);

    assertThat(figure.written(figure.value())).isEqualTo("0.339");
    assertThat(figure.written(figure.chance())).isEmpty();
  }
}
