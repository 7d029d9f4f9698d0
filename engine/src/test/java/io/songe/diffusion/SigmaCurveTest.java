package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Karras', the exponential and the beta curve are also compared with diffusers in
 * SamplerGoldenTest, all curves with A1111 and ComfyUI in SigmaCurveGoldenTest.
 */
class SigmaCurveTest {
  private static final DiscreteSchedule SCHEDULE =
      DiscreteSchedule.of(Betas.ScaledLinear.stableDiffusion());
  private static final Offset<Double> EXACT = within(1e-8);

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.argumentSet("karras", SigmaCurve.karras(7)),
        Arguments.argumentSet("exponential", SigmaCurve.exponential()),
        Arguments.argumentSet("polyexponential", SigmaCurve.polyexponential(2)),
        Arguments.argumentSet("kl optimal", SigmaCurve.klOptimal()),
        Arguments.argumentSet("normal", SigmaCurve.normal()),
        Arguments.argumentSet("sgm uniform", SigmaCurve.sgmUniform()),
        Arguments.argumentSet("simple", SigmaCurve.simple()),
        Arguments.argumentSet("beta", SigmaCurve.beta(0.6, 0.6)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void levels_fall_from_the_greatest_and_stay_within_the_range(SigmaCurve curve) {
    for (int steps : new int[] {1, 2, 7, 20, 150}) {
      double[] levels = curve.levels(SCHEDULE, steps);

      assertThat(levels).hasSize(steps);
      assertThat(levels[0]).isCloseTo(SCHEDULE.sigmaMax(), EXACT);
      assertThat(levels[steps - 1]).isGreaterThanOrEqualTo(SCHEDULE.sigmaMin() - 1e-9);
      for (int i = 1; i < steps; i++) {
        assertThat(levels[i]).isLessThan(levels[i - 1]);
      }
    }
  }

  @Test
  void karras_seventh_roots_are_equally_spaced() {
    double[] levels = SigmaCurve.karras(7).levels(SCHEDULE, 5);

    assertEquallySpaced(levels, sigma -> Math.pow(sigma, 1.0 / 7));
    assertThat(levels[4]).isCloseTo(SCHEDULE.sigmaMin(), EXACT);
  }

  @Test
  void exponential_logarithms_are_equally_spaced() {
    double[] levels = SigmaCurve.exponential().levels(SCHEDULE, 5);

    assertEquallySpaced(levels, Math::log);
    assertThat(levels[4]).isCloseTo(SCHEDULE.sigmaMin(), EXACT);
  }

  @Test
  void polyexponential_levels_lie_closer_where_they_are_small() {
    double[] levels = SigmaCurve.polyexponential(2).levels(SCHEDULE, 3);

    double share = Math.log(levels[1] / levels[2]) / Math.log(levels[0] / levels[2]);
    assertThat(share).isCloseTo(0.25, EXACT);
  }

  @Test
  void kl_optimal_arc_tangents_are_equally_spaced() {
    double[] levels = SigmaCurve.klOptimal().levels(SCHEDULE, 5);

    assertEquallySpaced(levels, Math::atan);
    assertThat(levels[4]).isCloseTo(SCHEDULE.sigmaMin(), EXACT);
  }

  @Test
  void normal_timesteps_are_equally_spaced_to_the_end() {
    double[] levels = SigmaCurve.normal().levels(SCHEDULE, 4);

    assertThat(timesteps(levels)).containsExactly(new double[] {999, 666, 333, 0}, EXACT);
  }

  @Test
  void sgm_uniform_timesteps_are_equally_spaced_without_the_end() {
    double[] levels = SigmaCurve.sgmUniform().levels(SCHEDULE, 3);

    assertThat(timesteps(levels)).containsExactly(new double[] {999, 666, 333}, EXACT);
  }

  @Test
  void simple_timesteps_are_whole() {
    double[] levels = SigmaCurve.simple().levels(SCHEDULE, 3);

    assertThat(timesteps(levels)).containsExactly(new double[] {999, 666, 333}, EXACT);
    assertThat(timesteps(SigmaCurve.simple().levels(SCHEDULE, 7)))
        .containsExactly(new double[] {999, 857, 714, 571, 428, 285, 142}, EXACT);
  }

  @Test
  void ddim_timesteps_begin_at_the_second_and_may_be_one_more_than_steps() {
    assertThat(timesteps(SigmaCurve.ddim().levels(SCHEDULE, 4)))
        .containsExactly(new double[] {751, 501, 251, 1}, EXACT);
    assertThat(timesteps(SigmaCurve.ddim().levels(SCHEDULE, 3)))
        .containsExactly(new double[] {667, 334, 1}, EXACT);
    assertThat(SigmaCurve.ddim().levels(SCHEDULE, 30)).hasSize(31);
    assertThat(SigmaCurve.ddim().levels(SCHEDULE, 1)).hasSize(1);
  }

  @Test
  void equal_timesteps_of_the_beta_distribution_count_once() {
    double[] levels = SigmaCurve.betaOfTimesteps(0.6, 0.6).levels(SCHEDULE, 900);

    assertThat(levels).hasSizeLessThan(900).doesNotHaveDuplicates();
    assertThat(levels[0]).isCloseTo(SCHEDULE.sigmaMax(), EXACT);
  }

  @Test
  void listed_levels_are_kept_and_logarithms_between_them_equally_spaced() {
    SigmaCurve curve = SigmaCurve.listed(8, 2, 1);

    assertThat(curve.levels(SCHEDULE, 3)).containsExactly(new double[] {8, 2, 1}, EXACT);
    assertThat(curve.levels(SCHEDULE, 5))
        .containsExactly(new double[] {8, 4, 2, Math.sqrt(2), 1}, EXACT);
    assertThat(curve.levels(SCHEDULE, 1)).containsExactly(8);
  }

  private static double[] timesteps(double[] levels) {
    return Arrays.stream(levels).map(SCHEDULE::timestep).toArray();
  }

  private static void assertEquallySpaced(double[] levels, DoubleUnaryOperator map) {
    double[] mapped = Arrays.stream(levels).map(map).toArray();
    for (int i = 2; i < mapped.length; i++) {
      assertThat(mapped[i] - mapped[i - 1]).isCloseTo(mapped[1] - mapped[0], EXACT);
    }
  }
}
