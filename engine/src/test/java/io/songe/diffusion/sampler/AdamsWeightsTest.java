package io.songe.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdamsWeightsTest {
  @Test
  void equal_steps_have_the_published_coefficients() {
    assertCoefficients(1, 1);
    assertCoefficients(2, 3, -1);
    assertCoefficients(12, 23, -16, 5);
    assertCoefficients(24, 55, -59, 37, -9);
  }

  private static void assertCoefficients(double denominator, double... numerators) {
    double[] expected = Arrays.stream(numerators).map(n -> n / denominator).toArray();
    assertThat(AdamsWeights.equallySpaced(numerators.length))
        .containsExactly(expected, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2})
  void the_mean_of_a_cubic_polynomial_is_exact(double rate) {
    Random random = new Random(7);
    for (int trial = 0; trial < 50; trial++) {
      double from = random.nextDouble(-2, 2);
      double to = from + random.nextDouble(-1, 1);
      double[] points = {from, from + 0.4, from - 0.3, from + 1.1};

      double[] weights = AdamsWeights.over(rate, from, to, points);

      double mean = 0;
      for (int i = 0; i < points.length; i++) {
        mean += weights[i] * cubic(points[i]);
      }
      assertThat(mean)
          .as("from %s to %s", from, to)
          .isCloseTo(integrated(rate, from, to), within(1e-6));
      assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-6));
    }
  }

  private static double cubic(double u) {
    return 1 - 2 * u + 3 * u * u - u * u * u;
  }

  /** Simpson's rule in many pieces. */
  private static double integrated(double rate, double from, double to) {
    int pieces = 2000;
    double sum = 0;
    double weight = 0;
    for (int i = 0; i <= pieces; i++) {
      double u = from + (to - from) * i / pieces;
      double share = (i == 0 || i == pieces ? 1 : 2 + 2 * (i % 2)) * Math.exp(rate * (u - to));
      sum += share * cubic(u);
      weight += share;
    }
    return sum / weight;
  }

  @Test
  void a_single_value_is_the_mean_of_an_interval_without_end() {
    assertThat(AdamsWeights.over(1, 0, Double.POSITIVE_INFINITY, 0)).containsExactly(1);
  }

  @Test
  void linear_equations_are_solved_whatever_their_order() {
    double[][] matrix = {{0, 2, 1}, {1, 1, 1}, {4, -1, 0}};

    assertThat(LinearEquations.solve(matrix, new double[] {7, 6, 2})).containsExactly(1, 2, 3);
  }
}
