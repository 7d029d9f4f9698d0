package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden numbers: tools/golden/samplers.py, schedules.json (diffusers' training schedules). */
class DiscreteScheduleTest {
  private static final DiscreteSchedule STABLE_DIFFUSION =
      DiscreteSchedule.of(Betas.ScaledLinear.stableDiffusion());

  static Stream<JsonNode> schedules() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            DiscreteScheduleTest.class.getResourceAsStream("/golden/diffusion/schedules.json"))) {
      return JsonMapper.shared().readTree(file).valueStream();
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void noise_levels_of_training_are_those_of_diffusers(JsonNode golden) {
    Betas betas =
        switch (golden.get("options").get("beta_schedule").asString()) {
          case "linear" -> new Betas.Linear(0.0001, 0.02, 1000);
          case "scaled_linear" -> Betas.ScaledLinear.stableDiffusion();
          default -> new Betas.SquaredCosine(1000);
        };

    DiscreteSchedule schedule =
        golden.get("options").has("rescale_betas_zero_snr")
            ? DiscreteSchedule.withZeroTerminalSignal(betas)
            : DiscreteSchedule.of(betas);

    for (int i = 0; i < golden.get("timesteps").size(); i++) {
      double expected = golden.get("sigmas").get(i).asDouble();
      // The fixture's seven digits, and last bits of single precision that both sides round.
      assertThat(schedule.sigma(golden.get("timesteps").get(i).asDouble()))
          .isCloseTo(expected, within(1e-6 * expected));
    }
  }

  @Test
  void stable_diffusion_ranges_from_0_029_to_14_6() {
    assertThat(STABLE_DIFFUSION.length()).isEqualTo(1000);
    assertThat(STABLE_DIFFUSION.sigmaMin()).isCloseTo(0.029167, within(1e-6));
    assertThat(STABLE_DIFFUSION.sigmaMax()).isCloseTo(14.614641, within(1e-5));
  }

  @Test
  void timesteps_come_back_through_their_noise_level() {
    for (double t = 0; t <= 999; t += 0.37) {
      assertThat(STABLE_DIFFUSION.timestep(STABLE_DIFFUSION.sigma(t))).isCloseTo(t, within(1e-9));
    }
  }

  @Test
  void levels_beyond_the_range_are_taken_for_the_nearest_end() {
    assertThat(STABLE_DIFFUSION.timestep(1e6)).isEqualTo(999);
    assertThat(STABLE_DIFFUSION.timestep(1e-6)).isEqualTo(0);
    assertThat(STABLE_DIFFUSION.sigma(1200)).isCloseTo(STABLE_DIFFUSION.sigmaMax(), within(1e-9));
  }

  @Test
  void straight_and_logarithmic_interpolation_agree_at_whole_timesteps_only() {
    assertThat(STABLE_DIFFUSION.straightSigma(17))
        .isCloseTo(STABLE_DIFFUSION.sigma(17), within(1e-12));
    assertThat(STABLE_DIFFUSION.straightSigma(0.5))
        .isCloseTo((STABLE_DIFFUSION.sigma(0) + STABLE_DIFFUSION.sigma(1)) / 2, within(1e-12))
        .isGreaterThan(STABLE_DIFFUSION.sigma(0.5) + 1e-4);
  }

  @Test
  void zero_terminal_signal_leaves_the_first_level_and_raises_the_last_to_4096() {
    DiscreteSchedule schedule =
        DiscreteSchedule.withZeroTerminalSignal(Betas.ScaledLinear.stableDiffusion());

    assertThat(schedule.sigmaMin()).isCloseTo(STABLE_DIFFUSION.sigmaMin(), within(1e-5));
    assertThat(schedule.sigmaMax()).isCloseTo(4096, within(1e-3));
  }

  @Test
  void betas_given_one_by_one_make_the_same_schedule() {
    float[] betas = Betas.ScaledLinear.stableDiffusion().toArray();
    List<Float> given = Stream.iterate(0, t -> t + 1).limit(1000).map(t -> betas[t]).toList();

    DiscreteSchedule schedule = DiscreteSchedule.of(new Betas.Trained(given));

    assertThat(schedule.sigma(500.5)).isEqualTo(STABLE_DIFFUSION.sigma(500.5));
  }

  @Test
  void betas_that_are_no_variances_are_refused() {
    assertThatThrownBy(() -> new Betas.Linear(0, 0.02, 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("betas are variances between 0 and 1, got 0.0 to 0.02");
    assertThatThrownBy(() -> new Betas.ScaledLinear(0.1, 0.2, 1))
        .hasMessage("a schedule has at least 2 training steps, got 1");
    assertThatThrownBy(() -> new Betas.Trained(List.of(0.1f, Float.NaN)))
        .hasMessageContaining("got NaN to NaN");
  }

  @Test
  void betas_too_small_for_single_precision_are_refused() {
    Betas tiny = new Betas.Trained(Collections.nCopies(3, 1e-9f));

    assertThatThrownBy(() -> DiscreteSchedule.of(tiny))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too small to tell timestep 0");
  }
}
