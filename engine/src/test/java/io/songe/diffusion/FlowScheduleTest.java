package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FlowScheduleTest {
  private final FlowSchedule schedule = new FlowSchedule(1000);

  @Test
  void half_way_signal_and_noise_are_equal() {
    assertThat(schedule.sigma(500)).isEqualTo(1);
    assertThat(schedule.timestep(1)).isEqualTo(500);
  }

  @Test
  void timesteps_come_back_through_their_noise_level() {
    for (double t = 0.5; t < 1000; t += 7.3) {
      assertThat(schedule.timestep(schedule.sigma(t))).isCloseTo(t, within(1e-9));
    }
  }

  @Test
  void pure_noise_is_a_finite_level() {
    assertThat(schedule.sigma(1000)).isEqualTo(schedule.sigmaMax());
    assertThat(schedule.timestep(schedule.sigmaMax())).isCloseTo(1000, within(1e-3));
  }

  @Test
  void a_schedule_of_one_timestep_is_refused() {
    assertThatThrownBy(() -> new FlowSchedule(1))
        .hasMessage("a schedule has at least 2 timesteps, got 1");
  }
}
