package io.songe.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two samplers that choose their own levels, on the problem of {@link ConvergenceTest}. */
class DpmSolversTest {
  private static final double DEVIATION = 0.5;
  private static final double FROM = 10;
  private static final double TO = 0.1;
  private static final Denoiser PERFECT =
      (x, sigma) -> x.times(DEVIATION * DEVIATION / (DEVIATION * DEVIATION + sigma * sigma));

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 2",
    "3, '2,1'",
    "4, '3,1'",
    "5, '3,2'",
    "6, '3,2,1'",
    "7, '3,3,1'",
    "20, '3,3,3,3,3,3,2'",
  })
  void the_orders_of_dpm_fast_use_up_the_estimates(int estimates, String orders) {
    int[] chosen = DpmFast.orders(estimates);

    assertThat(chosen)
        .containsExactly(Arrays.stream(orders.split(",")).mapToInt(Integer::parseInt).toArray());
  }

  @Test
  void dpm_fast_has_an_eighth_of_the_error_when_steps_double() {
    // 27 or 55 steps of third order and one of second: twice as many of half the length.
    double coarse = error(new DpmFast(), steps(83));
    double fine = error(new DpmFast(), steps(167));

    assertThat(coarse / fine).isCloseTo(8, within(0.15 * 8));
  }

  @Test
  void dpm_adaptive_does_the_same_for_every_number_of_listed_steps() {
    List<Double> few = asked(steps(2));
    List<Double> many = asked(steps(50));

    assertThat(many).isEqualTo(few);
  }

  @Test
  void dpm_adaptive_errs_less_with_a_lesser_tolerance() {
    double coarse = error(new DpmAdaptive(0.05, 0.0078), steps(10));
    double fine = error(new DpmAdaptive(0.00005, 0.0000078), steps(10));

    // The tolerance is that of one step, of which there are six.
    assertThat(coarse).isLessThan(0.05);
    assertThat(fine).isLessThan(coarse / 50);
  }

  @Test
  void dpm_adaptive_makes_a_step_again_that_erred_too_much() {
    // Level 1 is passed by a step that is far too long for what begins there.
    Denoiser bent = (x, sigma) -> sigma > 1 ? PERFECT.denoise(x, sigma) : x.times(9).sin().times(3);
    List<Double> asked = new ArrayList<>();

    sample(new DpmAdaptive(), recording(bent, asked), steps(4));

    long upwards = 0;
    for (int i = 1; i < asked.size(); i++) {
      upwards += asked.get(i) > asked.get(i - 1) ? 1 : 0;
    }
    assertThat(upwards).as("steps that were made again").isPositive();
  }

  @Test
  void dpm_adaptive_tells_how_many_listed_steps_it_has_come_past() {
    List<Integer> heard = new ArrayList<>();
    try (Scope _ = Scope.open()) {
      Tensor start = Tensor.full(FROM, 1, 1, 1, 1);
      new DpmAdaptive()
          .sample(
              PERFECT,
              start,
              steps(50),
              NoiseSource.torch(1),
              (step, total, x, denoised) -> {
                heard.add(step);
                assertThat(total).isEqualTo(50);
              });
    }

    assertThat(heard).isSorted().doesNotHaveDuplicates().endsWith(50);
  }

  @Test
  void dpm_adaptive_gives_up_where_steps_must_be_very_short() {
    double[] call = {0};
    Denoiser fickle = (x, sigma) -> x.times(0).plus(1000 * Math.sin(call[0]++ * 3));

    assertThatThrownBy(() -> sample(new DpmAdaptive(), fickle, steps(4)))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("DPM adaptive has come to noise level ")
        .hasMessageEndingWith("for the tolerated error; choose another sampler");
  }

  @ParameterizedTest
  @CsvSource({"0, 0.1", "0.1, 0", "-1, 0.1", "NaN, 1"})
  void tolerances_that_nothing_can_meet_are_refused(double relative, double absolute) {
    assertThatThrownBy(() -> new DpmAdaptive(relative, absolute))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the tolerances must be above 0, got " + relative + " and " + absolute);
  }

  private static List<Double> asked(Sigmas sigmas) {
    List<Double> asked = new ArrayList<>();
    sample(new DpmAdaptive(), recording(PERFECT, asked), sigmas);
    return asked;
  }

  private static Denoiser recording(Denoiser denoiser, List<Double> asked) {
    return (x, sigma) -> {
      asked.add(sigma);
      return denoiser.denoise(x, sigma);
    };
  }

  private static Sigmas steps(int count) {
    double[] levels = new double[count + 1];
    for (int i = 0; i <= count; i++) {
      levels[i] = i == count ? TO : FROM * Math.pow(TO / FROM, (double) i / count);
    }
    return Sigmas.of(levels);
  }

  private static double error(Sampler sampler, Sigmas sigmas) {
    double exact = FROM * Math.hypot(TO, DEVIATION) / Math.hypot(FROM, DEVIATION);
    return Math.abs(sample(sampler, PERFECT, sigmas) - exact);
  }

  private static double sample(Sampler sampler, Denoiser denoiser, Sigmas sigmas) {
    try (Scope _ = Scope.open()) {
      Tensor start = Tensor.full(FROM, 1, 1, 1, 1);
      return sampler
          .sample(denoiser, start, sigmas, NoiseSource.torch(1), StepListener.none())
          .item();
    }
  }
}
