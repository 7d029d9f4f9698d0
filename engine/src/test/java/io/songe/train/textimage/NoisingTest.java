package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.diffusion.Prediction;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoisingTest {
  private static List<Prediction> predictions() {
    return List.of(new Prediction.Velocity(), new Prediction.Epsilon(), new Prediction.Flow());
  }

  private static Noising noising(Prediction prediction) {
    return new Noising(TextImagePlan.scheduler(prediction, false));
  }

  private static Tensor number(double value) {
    return Tensor.full(value, 1, 1, 1, 1);
  }

  @ParameterizedTest
  @MethodSource("predictions")
  void the_right_answer_leads_samplers_back_to_the_clean_latent(Prediction prediction) {
    try (Scope _ = Scope.open()) {
      Noising noising = noising(prediction);
      for (int level : new int[] {0, 250, 500, 990}) {
        double sigma = noising.sigma(level);
        double answer = noising.answer(number(.7), number(-1.3), new int[] {level}).item();
        Prediction.Scalings scalings = prediction.at(sigma);

        double estimate = scalings.skip() * (.7 + sigma * -1.3) + scalings.out() * answer;

        // a thousandfold noise leaves three digits fewer of single precision
        assertThat(estimate).isCloseTo(.7, within(2e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("predictions")
  void what_is_seen_goes_from_the_latent_to_the_noise(Prediction prediction) {
    try (Scope _ = Scope.open()) {
      Noising noising = noising(prediction);

      double first = noising.seen(number(1), number(0), new int[] {0}).item();
      double last = noising.seen(number(0), number(1), new int[] {Noising.LEVELS - 1}).item();

      assertThat(first).isCloseTo(1, within(2e-3));
      assertThat(last).isCloseTo(1, within(3e-3));
    }
  }

  @Test
  void the_velocity_turns_from_the_noise_to_minus_the_latent() {
    try (Scope _ = Scope.open()) {
      Noising noising = noising(new Prediction.Velocity());

      assertThat(noising.answer(number(0), number(1), new int[] {0}).item())
          .isCloseTo(1, within(1e-3));
      assertThat(noising.answer(number(1), number(0), new int[] {999}).item())
          .isCloseTo(-1, within(3e-3));
    }
  }

  @Test
  void with_a_zero_terminal_signal_the_last_level_is_noise_alone() {
    try (Scope _ = Scope.open()) {
      Prediction velocity = new Prediction.Velocity();
      Noising zero = new Noising(TextImagePlan.scheduler(velocity, true));
      int[] last = {Noising.LEVELS - 1};

      assertThat(noising(velocity).seen(number(1), number(0), last).item()).isGreaterThan(.06);
      assertThat(zero.seen(number(1), number(0), last).item()).isCloseTo(0, within(3e-4));
      assertThat(zero.answer(number(1), number(0), last).item()).isCloseTo(-1, within(1e-6));
      assertThat(zero.seen(number(1), number(0), new int[] {0}).item()).isCloseTo(1, within(2e-3));
    }
  }

  @Test
  void noise_is_not_predicted_where_there_is_nothing_else() {
    assertThatThrownBy(() -> TextImagePlan.scheduler(new Prediction.Epsilon(), true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got epsilon");
  }

  @Test
  void a_flow_answers_with_noise_minus_latent_at_every_level() {
    try (Scope _ = Scope.open()) {
      Noising noising = noising(new Prediction.Flow());

      for (int level : new int[] {0, 400, 999}) {
        assertThat(noising.answer(number(.25), number(2), new int[] {level}).item())
            .isCloseTo(1.75, within(1e-5));
      }
    }
  }

  @Test
  void timesteps_count_from_0_and_in_a_flow_to_1000() {
    try (Scope _ = Scope.open()) {
      assertThat(noising(new Prediction.Epsilon()).timesteps(new int[] {0, 999}).toFloats())
          .containsExactly(0, 999);
      assertThat(noising(new Prediction.Flow()).timesteps(new int[] {0, 999}).toFloats())
          .containsExactly(1, 1000);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {.1, .4, 1, 5})
  void weights_are_those_of_the_paper(double sigma) {
    double snr = 1 / (sigma * sigma);
    var weighting = new SnrWeighting.Capped(5);

    assertThat(weighting.at(sigma, new Prediction.Velocity()))
        .isCloseTo(Math.min(snr, 5) / (snr + 1), within(1e-12));
    assertThat(weighting.at(sigma, new Prediction.Epsilon()))
        .isCloseTo(Math.min(snr, 5) / snr, within(1e-12));
    assertThat(weighting.at(sigma, new Prediction.Sample()))
        .isCloseTo(Math.min(snr, 5), within(1e-12));
  }

  @Test
  void a_cap_that_is_not_above_0_is_refused() {
    assertThatThrownBy(() -> new SnrWeighting.Capped(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0.0");
  }
}
