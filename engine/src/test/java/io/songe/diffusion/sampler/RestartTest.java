package io.songe.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That samples are right is shown by KSamplerGoldenTest and ConvergenceTest. */
class RestartTest {
  @ParameterizedTest
  @CsvSource({"5, 0", "19, 0", "20, 1", "35, 1", "36, 2", "60, 2"})
  void restarts_are_part_of_the_steps_that_were_asked_for(int count, int restarts) {
    List<Trajectory.Step> steps = Restart.steps(levels(14.6, count));

    assertThat(steps).hasSize(count);
    assertThat(lifts(steps)).hasSize(restarts);
  }

  @Test
  void a_restart_goes_from_the_level_nearest_to_a_tenth_to_that_nearest_to_two() {
    List<Trajectory.Step> steps = Restart.steps(levels(14.6, 40));

    assertThat(lifts(steps))
        .allSatisfy(lift -> {
          assertThat(lift.from()).isCloseTo(0.1, within(0.05));
          assertThat(lift.to()).isCloseTo(2, within(0.5));
        });
  }

  @Test
  void a_way_that_begins_below_the_restart_s_top_restarts_from_its_own() {
    List<Trajectory.Step> steps = Restart.steps(levels(1, 20));

    assertThat(lifts(steps)).hasSize(1);
    assertThat(lifts(steps).getFirst().to()).isEqualTo(1);
  }

  @Test
  void a_way_below_the_restart_s_bottom_has_none() {
    List<Trajectory.Step> steps = Restart.steps(levels(0.05, 30));

    assertThat(lifts(steps)).isEmpty();
  }

  @Test
  void noise_is_drawn_once_a_restart() {
    AtomicInteger draws = new AtomicInteger();
    NoiseSource noise = NoiseSource.torch(1);
    try (Scope _ = Scope.open()) {
      Tensor x = Tensor.zeros(1, 1, 2, 2);

      new Restart()
          .sample(
              (at, sigma) -> at.times(1 / (1 + sigma)),
              x,
              levels(14.6, 40),
              shape -> {
                draws.incrementAndGet();
                return noise.next(shape);
              },
              StepListener.none());
    }

    assertThat(draws).hasValue(2);
  }

  /** From where to where noise lifts the sample. */
  private static List<Trajectory.Step> lifts(List<Trajectory.Step> steps) {
    List<Trajectory.Step> lifts = new ArrayList<>();
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i).from() != steps.get(i - 1).to()) {
        lifts.add(new Trajectory.Step(steps.get(i - 1).to(), steps.get(i).from()));
      }
    }
    return lifts;
  }

  private static Sigmas levels(double first, int count) {
    return Sigmas.of(
        IntStream.rangeClosed(0, count)
            .mapToDouble(i -> i == count ? 0 : first * Math.pow(0.03 / first, i / (count - 1.0)))
            .toArray());
  }
}
