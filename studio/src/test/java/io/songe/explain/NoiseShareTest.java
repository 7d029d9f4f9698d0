package io.songe.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseShareTest {
  @ParameterizedTest
  @CsvSource({"0.5, 1", "0.1, 0.3333333333", "0.9, 3", "0.98, 7"})
  void the_variance_of_the_noise_has_that_share_of_all(double share, double sigma) {
    assertThat(new NoiseShare(share).sigma()).isCloseTo(sigma, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void nothing_and_all_are_no_shares(double share) {
    assertThatThrownBy(() -> new NoiseShare(share))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the share of noise is above 0 and below 1, got " + share);
  }

  @Test
  void more_noise_has_a_greater_level() {
    assertThat(new NoiseShare(0.7).sigma()).isGreaterThan(new NoiseShare(0.3).sigma());
  }
}
