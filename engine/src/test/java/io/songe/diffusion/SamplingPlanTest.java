package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.error.InvalidRequestException;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That plans equal those of diffusers is shown by SamplerGoldenTest. */
class SamplingPlanTest {
  private static final SigmaSchedule MODEL = new SigmaSchedule.Model();
  private static final SchedulerConfig STABLE_DIFFUSION = SchedulerConfig.stableDiffusion1();

  @Test
  void every_grid_has_its_own_spacing_where_the_config_is_silent() {
    assertThat(timesteps(plan(StepGrid.DDIM, MODEL, 4))).containsExactly(751, 501, 251, 1);
    assertThat(timesteps(plan(StepGrid.EULER, MODEL, 4))).containsExactly(999, 666, 333, 0);
    assertThat(timesteps(plan(StepGrid.MULTISTEP, MODEL, 4))).containsExactly(999, 749, 500, 250);
  }

  @Test
  void a_schedule_that_is_asked_for_goes_before_the_config() {
    SigmaSchedule trailing = new SigmaSchedule.Spaced(TimestepSpacing.TRAILING);

    assertThat(timesteps(plan(StepGrid.EULER, trailing, 4))).containsExactly(999, 749, 499, 249);
    assertThat(timesteps(plan(StepGrid.DDIM, trailing, 3))).containsExactly(999, 666, 332);
  }

  @Test
  void ddim_of_stable_diffusion_ends_at_the_least_level_of_training() {
    SamplingPlan plan = plan(StepGrid.DDIM, MODEL, 20);

    double least = plan.schedule().sigmaMin();
    assertThat(plan.sigmas().last()).isEqualTo(least);
    assertThat(plan.startScale()).isCloseTo(Math.hypot(1, plan.sigmas().first()), within(1e-12));
    assertThat(plan.finishScale()).isCloseTo(1 / Math.hypot(1, least), within(1e-12));
  }

  @Test
  void a_last_step_that_would_change_nothing_is_left_out() {
    SigmaSchedule linspace = new SigmaSchedule.Spaced(TimestepSpacing.LINSPACE);

    SamplingPlan plan = plan(StepGrid.DDIM, linspace, 20);

    assertThat(plan.sigmas().steps()).isEqualTo(19);
    assertThat(plan.sigmas().last()).isEqualTo(plan.schedule().sigmaMin());
  }

  @ParameterizedTest
  @EnumSource
  void a_single_step_starts_where_the_spacing_reaches_highest(StepGrid grid) {
    SigmaSchedule trailing = new SigmaSchedule.Spaced(TimestepSpacing.TRAILING);

    SamplingPlan plan = plan(grid, trailing, 1);

    assertThat(timesteps(plan)).containsExactly(999);
  }

  @Test
  void euler_s_single_linspace_step_starts_from_pure_noise() {
    SamplingPlan plan = plan(StepGrid.EULER, MODEL, 1);

    assertThat(plan.sigmas()).isEqualTo(Sigmas.of(plan.schedule().sigmaMax(), 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3, 1001})
  void too_few_or_too_many_steps_are_refused(int steps) {
    assertThatThrownBy(() -> plan(StepGrid.EULER, MODEL, steps))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the number of steps must be from 1 to 1000, got " + steps);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 30, 150, 499})
  void every_number_of_steps_gives_so_many(int steps) {
    for (StepGrid grid : StepGrid.values()) {
      for (TimestepSpacing spacing : TimestepSpacing.values()) {
        SchedulerConfig config = SchedulerConfig.builder("DDIMScheduler").stepsOffset(1).build();

        SamplingPlan plan = SamplingPlan.of(config, grid, new SigmaSchedule.Spaced(spacing), steps);

        // A last step from the least level to itself is left out.
        boolean fromLeast = spacing == TimestepSpacing.LINSPACE && grid == StepGrid.TRAJECTORY;
        assertThat(plan.sigmas().steps()).isEqualTo(fromLeast && steps > 1 ? steps - 1 : steps);
      }
    }
  }

  @Test
  void a_distilled_model_takes_some_of_its_teachers_steps() {
    SchedulerConfig config =
        SchedulerConfig.builder("LCMScheduler")
            .betas(Betas.ScaledLinear.stableDiffusion())
            .solver(new SolverOptions.Distilled(40))
            .build();

    SamplingPlan plan = SamplingPlan.of(config, StepGrid.CONSISTENCY, MODEL, 4);

    assertThat(timesteps(plan)).containsExactly(999, 749, 499, 249);
    assertThat(plan.sigmas().last()).isEqualTo(0);
    assertThatThrownBy(() -> SamplingPlan.of(config, StepGrid.CONSISTENCY, MODEL, 41))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the number of steps must be from 1 to 40, got 41");
  }

  @Test
  void a_teacher_of_more_steps_than_training_had_is_refused() {
    SchedulerConfig config =
        SchedulerConfig.builder("LCMScheduler").solver(new SolverOptions.Distilled(1001)).build();

    assertThatThrownBy(() -> SamplingPlan.of(config, StepGrid.CONSISTENCY, MODEL, 4))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "original_inference_steps must be at most the number of training steps, 1000, got"
                + " 1001");
  }

  @Test
  void the_least_level_of_one_more_step_is_left_out() {
    SigmaSchedule karras = SigmaSchedules.KARRAS.schedule();

    Sigmas plan = plan(StepGrid.LEAST_LEFT_OUT, karras, 4).sigmas();
    Sigmas more = plan(StepGrid.EULER, karras, 5).sigmas();

    assertThat(plan.steps()).isEqualTo(4);
    assertThat(plan.last()).isEqualTo(0);
    for (int i = 0; i < 4; i++) {
      assertThat(plan.at(i)).isEqualTo(more.at(i));
    }
  }

  @Test
  void solvers_that_cannot_go_to_no_noise_end_at_the_least_level_of_training() {
    SamplingPlan plan = plan(StepGrid.ENDING_AT_LEAST, MODEL, 4);

    assertThat(plan.sigmas().steps()).isEqualTo(4);
    assertThat(plan.sigmas().first()).isEqualTo(plan.schedule().sigmaMax());
    assertThat(plan.sigmas().last()).isEqualTo(plan.schedule().sigmaMin());
    assertThat(plan.finishScale()).isEqualTo(1);
  }

  @Test
  void a_curve_may_give_one_step_more() {
    SigmaSchedule ddim = SigmaSchedules.get("DDIM").schedule();

    SamplingPlan plan = plan(StepGrid.EULER, ddim, 30);

    assertThat(plan.sigmas().steps()).isEqualTo(31);
    assertThat(timesteps(plan)[0]).isEqualTo(991);
  }

  @Test
  void a_strength_keeps_the_last_steps() {
    SamplingPlan whole = plan(StepGrid.EULER, MODEL, 20);

    SamplingPlan part = whole.forStrength(0.75);

    assertThat(part.sigmas()).isEqualTo(whole.sigmas().from(5));
    assertThat(timesteps(part)[0]).isEqualTo(timesteps(whole)[5]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.01, Double.NaN})
  void a_strength_out_of_its_range_is_refused(double strength) {
    SamplingPlan plan = plan(StepGrid.EULER, MODEL, 20);

    assertThatThrownBy(() -> plan.forStrength(strength))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the denoising strength must be above 0 and at most 1, got " + strength);
  }

  @Test
  void a_strength_that_leaves_no_step_is_refused() {
    SamplingPlan plan = plan(StepGrid.EULER, MODEL, 4);

    assertThatThrownBy(() -> plan.forStrength(0.2))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "a denoising strength of 0.2 leaves none of 4 steps; take more steps or a greater"
                + " strength");
  }

  @Test
  void a_picture_starts_under_noise_of_the_first_level() {
    SamplingPlan plan = plan(StepGrid.DDIM, MODEL, 20).forStrength(0.5);
    try (Scope _ = Scope.open()) {
      Tensor noise = Tensor.of(new float[] {2, -1}, 1, 1, 1, 2);
      Tensor clean = Tensor.of(new float[] {10, 20}, 1, 1, 1, 2);
      float level = (float) plan.sigmas().first();

      assertThat(plan.start(clean, noise).toFloats())
          .containsExactly(new float[] {10 + 2 * level, 20 - level}, within(1e-5f));
      assertThat(plan.start(noise).toFloats())
          .containsExactly(new float[] {2 * level, -level}, within(1e-5f));
    }
  }

  @Test
  void samples_are_limited_where_the_config_says_so() {
    SchedulerConfig config = SchedulerConfig.builder("DDIMScheduler").sampleLimit(1).build();
    SamplingPlan plan = SamplingPlan.of(config, StepGrid.DDIM, MODEL, 10);
    NoisePredictor noNoise = (x, timesteps, given) -> x.times(0);
    try (Scope _ = Scope.open()) {
      Conditioning nothing = Conditioning.of(Tensor.zeros(1, 1, 1));
      Tensor x = Tensor.of(new float[] {-3, 0.5f, 4}, 1, 1, 1, 3);

      Tensor denoised = plan.denoiser(noNoise, new Guidance.None(), nothing, nothing).denoise(x, 1);

      assertThat(denoised.toFloats()).containsExactly(-1, 0.5f, 1);
    }
  }

  @Test
  void a_flow_starts_from_pure_noise_and_tells_the_network_shifted_times() {
    SchedulerConfig config =
        SchedulerConfig.builder("FlowMatchEulerDiscreteScheduler").flowShift(3).build();
    SigmaSchedule trailing = new SigmaSchedule.Spaced(TimestepSpacing.TRAILING);

    SamplingPlan plan = SamplingPlan.of(config, StepGrid.EULER, trailing, 2);

    // Half the time, shifted by 3: 3 * 0.5 / (1 + 2 * 0.5) = 0.75, whose noise is 3 times the rest.
    assertThat(timesteps(plan)).containsExactly(1000, 750);
    assertThat(plan.sigmas().at(1)).isCloseTo(3, within(1e-12));
    assertThat(plan.sigmas().last()).isEqualTo(0);
  }

  private static SamplingPlan plan(StepGrid grid, SigmaSchedule schedule, int steps) {
    return SamplingPlan.of(STABLE_DIFFUSION, grid, schedule, steps);
  }

  private static double[] timesteps(SamplingPlan plan) {
    return IntStream.range(0, plan.sigmas().steps())
        .mapToDouble(i -> plan.schedule().timestep(plan.sigmas().at(i)))
        .toArray();
  }
}
