package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantiles for the parameters of schedules are compared with scipy's in SigmaCurveGoldenTest. */
class BetaDistributionTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.2, 0.5, 0.9, 1})
  void with_both_parameters_1_it_is_uniform(double share) {
    assertThat(new BetaDistribution(1, 1).quantile(share)).isCloseTo(share, within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.3, 0.5, 0.77, 0.999})
  void with_both_parameters_a_half_it_is_the_arc_sine_distribution(double x) {
    double expected = 2 / Math.PI * Math.asin(Math.sqrt(x));

    assertThat(new BetaDistribution(0.5, 0.5).cumulative(x)).isCloseTo(expected, within(1e-13));
  }

  @ParameterizedTest
  @CsvSource({"0.6, 0.6, 0.001", "0.6, 0.6, 0.4", "3, 0.8, 0.9", "20, 30, 0.5"})
  void a_quantile_has_its_share_below(double alpha, double beta, double share) {
    BetaDistribution distribution = new BetaDistribution(alpha, beta);

    assertThat(distribution.cumulative(distribution.quantile(share)))
        .isCloseTo(share, within(1e-13));
  }

  @Test
  void the_median_of_a_symmetrical_distribution_is_exact() {
    assertThat(new BetaDistribution(0.6, 0.6).quantile(0.5)).isEqualTo(0.5);
  }

  @Test
  void parameters_that_are_not_positive_are_refused() {
    assertThatThrownBy(() -> SigmaCurve.beta(0, 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the parameters of a beta distribution must be above 0, got 0.0 and 1.0");
    assertThatThrownBy(() -> SigmaCurve.betaOfTimesteps(1, Double.NaN))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("got 1.0 and NaN");
  }
}
