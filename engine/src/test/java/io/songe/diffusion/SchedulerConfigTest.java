package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerConfigTest {
  @Test
  void a_class_of_flow_models_predicts_flow() {
    SchedulerConfig config = SchedulerConfig.builder("FlowMatchEulerDiscreteScheduler").build();

    assertThat(config.isFlow()).isTrue();
    assertThat(config.noiseSchedule()).isEqualTo(new FlowSchedule(1000));
  }

  @Test
  void a_terminal_signal_of_zero_changes_the_schedule() {
    SchedulerConfig.Builder builder =
        SchedulerConfig.builder("DDIMScheduler").betas(Betas.ScaledLinear.stableDiffusion());

    assertThat(builder.build().noiseSchedule().sigmaMax()).isBetween(14.0, 15.0);
    assertThat(builder.zeroTerminalSignal(true).build().noiseSchedule().sigmaMax())
        .isGreaterThan(4000);
  }

  @Test
  void values_out_of_their_ranges_are_refused_by_their_names_in_the_file() {
    assertThatThrownBy(() -> SchedulerConfig.builder("X").stepsOffset(-1).build())
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("steps_offset must be at least 0, got -1");
    assertThatThrownBy(() -> SchedulerConfig.builder("X").sampleLimit(0).build())
        .hasMessage("clip_sample_range must be above 0, got 0.0");
    assertThatThrownBy(() -> SchedulerConfig.builder("X").flowShift(Double.NaN).build())
        .hasMessage("shift must be above 0, got NaN");
  }

  @Test
  void orders_out_of_their_ranges_are_refused_by_their_names_in_the_file() {
    assertThatThrownBy(() -> new SolverOptions.Multistep(4, false, true))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("solver_order must be from 1 to 3, got 4");
    assertThatThrownBy(() -> new SolverOptions.StochasticAdams(0, 2, true))
        .hasMessage("predictor_order must be from 1 to 4, got 0");
    assertThatThrownBy(() -> new SolverOptions.StochasticAdams(2, 5, true))
        .hasMessage("corrector_order must be from 1 to 4, got 5");
    assertThatThrownBy(() -> new SolverOptions.Distilled(0))
        .hasMessage("original_inference_steps must be at least 1, got 0");
  }

  @ParameterizedTest
  @CsvSource({
    "EulerDiscreteScheduler, interpolation_type, log_linear, linear",
    "DDIMScheduler, thresholding, true, false",
    "DPMSolverMultistepScheduler, algorithm_type, dpmsolver, dpmsolver++ and sde-dpmsolver++",
    "DPMSolverMultistepScheduler, solver_order, 3, 2",
    "EulerDiscreteScheduler, sigma_max, 700.0, its absence",
    "DEISMultistepScheduler, algorithm_type, sde-dpmsolver++, deis and dpmsolver and dpmsolver++",
    "UniPCMultistepScheduler, predict_x0, false, true",
    "UniPCMultistepScheduler, disable_corrector, [0], []",
    "SASolverScheduler, algorithm_type, noise_prediction, data_prediction",
    "LCMScheduler, timestep_scaling, 1.0, 10.0",
    "DDPMScheduler, variance_type, learned_range, fixed_small and fixed_small_log and fixed_large",
  })
  void values_that_are_not_implemented_are_refused_by_name(
      String className, String option, String value, String implemented) {
    assertThatThrownBy(() -> ImplementedOptions.check(className, option, value))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the scheduler option %s = %s is not implemented, only %s; choose a model that does not"
                + " need it",
            option, value, implemented);
  }

  @Test
  void values_that_are_implemented_or_of_no_effect_pass() {
    assertThatCode(
            () -> {
              ImplementedOptions.check("DDIMScheduler", "thresholding", false);
              ImplementedOptions.check("EulerDiscreteScheduler", "sigma_max", null);
              ImplementedOptions.check("DPMSolverMultistepScheduler", "solver_order", 2);
              ImplementedOptions.check("UniPCMultistepScheduler", "solver_order", 3);
              ImplementedOptions.check("DEISMultistepScheduler", "algorithm_type", "deis");
              ImplementedOptions.check("UniPCMultistepScheduler", "solver_type", "bh1");
              ImplementedOptions.check("DDIMScheduler", "steps_offset", 7);
            })
        .doesNotThrowAnyException();
  }
}
