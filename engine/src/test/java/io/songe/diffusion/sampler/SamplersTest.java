package io.songe.diffusion.sampler;

import static io.songe.diffusion.SolverOptions.Variance.LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.NoiseSchedule;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.Sigmas;
import io.songe.diffusion.SolverOptions;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplersTest {
  @ParameterizedTest
  @CsvSource({
    "Euler a, euler_a",
    "EULER A, euler_a",
    "k_euler_ancestral, euler_a",
    "DPM++ 2M, dpmpp_2m",
    "dpm++2m, dpmpp_2m",
    "k_dpmpp_2m, dpmpp_2m",
    "DPMSolverMultistepScheduler, dpmpp_2m",
    "DPM++ 2M SDE, dpmpp_2m_sde",
    "dpmpp_2m_sde_gpu, dpmpp_2m_sde",
    "ddim, ddim",
    "HeunDiscreteScheduler, heun",
    "PLMS, plms",
    "PNDMScheduler, plms",
    "k_lms, lms",
    "IPNDM, ipndm",
    "ipndm_v, lms",
    "uni_pc_bh2, unipc",
    "UniPC, unipc",
    "DPM2 a, dpm2_a",
    "dpm_2_ancestral, dpm2_a",
    "KDPM2DiscreteScheduler, dpm2",
    "DEIS, deis",
    "LCM, lcm",
    "tcd, tcd",
    "SASolverScheduler, sa_solver",
    "ddpm, ddpm",
    "DPM++ 2S a, dpmpp_2s_a",
    "dpmpp_2s_ancestral, dpmpp_2s_a",
    "DPM++ SDE, dpmpp_sde",
    "DPMSolverSDEScheduler, dpmpp_sde",
    "DPMSolverSinglestepScheduler, dpmpp_2s",
    "DPM++ 2M SDE Heun, dpmpp_2m_sde_heun",
    "k_dpmpp_3m_sde, dpmpp_3m_sde",
    "DPM fast, dpm_fast",
    "k_dpm_ad, dpm_adaptive",
    "Restart, restart",
  })
  void names_of_a1111_comfyui_and_diffusers_are_known(String name, String id) {
    assertThat(Samplers.get(name).id()).isEqualTo(id);
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    assertThatThrownBy(() -> Samplers.get("dmp++ 2m"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(
            "unknown sampler \"dmp++ 2m\"; did you mean DPM++ 2M? Known are Euler, Euler a, Heun,"
                + " DDIM, DPM++ 2M, DPM++ 2M SDE");
  }

  @ParameterizedTest
  @CsvSource({
    "DPM++ 2M Karras, '', dpmpp_2m, karras",
    "DPM++ 2M SDE Exponential, Automatic, dpmpp_2m_sde, exponential",
    "dpmpp_2m_sde_karras, '', dpmpp_2m_sde, karras",
    "Euler a SGM Uniform, '', euler_a, sgm_uniform",
    "DPM++ 2S a Karras, '', dpmpp_2s_a, karras",
    "DPM++ 2M SDE Heun Karras, '', dpmpp_2m_sde_heun, karras",
    "DPM++ 2M SDE Heun Exponential, '', dpmpp_2m_sde_heun, exponential",
    "DPM++ 3M SDE Exponential, '', dpmpp_3m_sde, exponential",
    "DPM++ SDE Karras, Automatic, dpmpp_sde, karras",
    "Restart, '', restart, karras",
    "Euler Align Your Steps GITS, '', euler, align_your_steps_gits",
    "Euler Align Your Steps, '', euler, align_your_steps",
    "Euler Karras, exponential, euler, exponential",
    "DPM++ 2M, automatic, dpmpp_2m, karras",
    "DPM++ 2M SDE, '', dpmpp_2m_sde, exponential",
    "Euler, '', euler, model",
    "Euler, Karras, euler, karras",
  })
  void a_request_names_sampler_and_schedule_together_or_apart(
      String sampler, String schedule, String samplerId, String scheduleId) {
    Samplers.Choice choice = Samplers.choose(sampler, schedule);

    assertThat(choice.sampler().id()).isEqualTo(samplerId);
    assertThat(choice.schedule().id()).isEqualTo(scheduleId);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Karras", "Undefined", "DPM++ 2M Sharp", ""})
  void a_request_that_names_no_sampler_is_refused(String sampler) {
    assertThatThrownBy(() -> Samplers.choose(sampler, ""))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("unknown sampler \"" + sampler + "\"");
  }

  @Test
  void a_request_of_an_unknown_schedule_is_refused() {
    assertThatThrownBy(() -> Samplers.choose("Euler", "Karos"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("did you mean Karras?");
  }

  @ParameterizedTest
  @CsvSource({
    "PNDMScheduler, false, plms",
    "DDPMScheduler, false, ddpm",
    "LMSDiscreteScheduler, false, lms",
    "DEISMultistepScheduler, false, deis",
    "UniPCMultistepScheduler, false, unipc",
    "KDPM2AncestralDiscreteScheduler, false, dpm2_a",
    "LCMScheduler, false, lcm",
    "TCDScheduler, false, tcd",
    "SASolverScheduler, false, sa_solver",
    "IPNDMScheduler, false, ipndm",
    "DDIMScheduler, false, ddim",
    "EulerAncestralDiscreteScheduler, false, euler_a",
    "DPMSolverMultistepScheduler, false, dpmpp_2m",
    "DPMSolverMultistepScheduler, true, dpmpp_2m_sde",
    "KDPM2DiscreteScheduler, false, dpm2",
    "FlowMatchEulerDiscreteScheduler, false, euler",
    "DPMSolverSinglestepScheduler, false, dpmpp_2s",
    "DPMSolverSDEScheduler, false, dpmpp_sde",
  })
  void a_model_s_class_gives_its_sampler_or_a_relative(
      String className, boolean stochastic, String id) {
    SchedulerConfig config = SchedulerConfig.builder(className).stochastic(stochastic).build();

    Samplers.Choice choice = Samplers.of(config);

    assertThat(choice.sampler().id()).isEqualTo(id);
    assertThat(choice.schedule().id()).isEqualTo("model");
  }

  @Test
  void a_class_that_is_unlike_all_samplers_is_refused() {
    SchedulerConfig config = SchedulerConfig.builder("KarrasVeScheduler").build();

    assertThatThrownBy(() -> Samplers.of(config))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(
            "the scheduler class KarrasVeScheduler is not implemented, nor is one like it; choose a"
                + " sampler by name: Euler, Euler a, Heun, DDIM, DPM++ 2M, DPM++ 2M SDE");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.5, Double.NaN})
  void an_eta_out_of_its_range_is_refused(double eta) {
    assertThatThrownBy(() -> new Ddim(eta))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("eta must be from 0 to 1, got " + eta);
    assertThatThrownBy(() -> new EulerAncestral(eta))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("eta must be from 0 to 1, got " + eta);
    assertThatThrownBy(() -> new DpmPlusPlus2SAncestral(eta))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("eta must be from 0 to 1, got " + eta);
  }

  /** The denoiser errs below the first level, as if it bent the way; its last word is right. */
  @ParameterizedTest
  @CsvSource({
    "Heun, 3",
    "PLMS, 3",
    "PNDM, 3",
    "DPM2, 3",
    "DPM2 a, 3",
    "SA-Solver, 3",
    "Restart, 3",
    "DPM fast, 2"
  })
  void samplers_that_correct_a_step_go_straight_where_there_is_noise_alone(String name, int steps) {
    List<Integer> heard = new ArrayList<>();
    List<Integer> totals = new ArrayList<>();
    try (Scope _ = Scope.open()) {
      Tensor start = Tensor.full(2 * 4096, 1, 1, 1, 1);
      Denoiser erring = (x, sigma) -> Tensor.full(sigma > 1000 ? .5 : .4, 1, 1, 1, 1);
      List<Double> arrived = new ArrayList<>();

      Samplers.get(name)
          .sampler()
          .sample(
              erring,
              start,
              Sigmas.of(4096, 40, 10, 1),
              NoiseSource.torch(1),
              (step, total, x, _) -> {
                heard.add(step);
                totals.add(total);
                arrived.add(x.item());
              });

      assertThat(heard).isEqualTo(IntStream.rangeClosed(1, steps).boxed().toList());
      assertThat(totals).endsWith(steps);
      assertThat(arrived.getFirst()).isCloseTo(2 * 40 + .5, within(.01));
    }
  }

  @Test
  void a_single_step_from_noise_alone_is_straight() {
    try (Scope _ = Scope.open()) {
      Tensor end =
          new Heun()
              .sample(
                  (x, sigma) -> Tensor.full(.5, 1, 1, 1, 1),
                  Tensor.full(4096, 1, 1, 1, 1),
                  Sigmas.of(4096, 0),
                  NoiseSource.torch(1),
                  StepListener.none());

      assertThat(end.item()).isCloseTo(.5, within(1e-6));
    }
  }

  static Stream<Arguments> tunings() {
    return Stream.of(
        Arguments.of("ddpm", new SolverOptions.Ancestral(LARGE), new Ddpm(LARGE)),
        Arguments.of("plms", new SolverOptions.PseudoNumerical(false), new Plms()),
        Arguments.of("deis", new SolverOptions.Multistep(3, false, false), new Deis(3, false)),
        Arguments.of(
            "unipc", new SolverOptions.Multistep(3, true, false), new UniPc(3, true, false)));
  }

  @ParameterizedTest
  @MethodSource("tunings")
  void a_model_sets_the_options_of_its_sampler(String id, SolverOptions said, Sampler expected) {
    SchedulerConfig config = SchedulerConfig.builder("X").solver(said).build();

    assertThat(Samplers.get(id).sampler().tunedTo(config)).isEqualTo(expected);
  }

  @Test
  void a_model_whose_class_begins_with_runge_and_kutta_has_plms_do_so() {
    SchedulerConfig config = SchedulerConfig.builder("PNDMScheduler").build();

    assertThat(Samplers.of(config).sampler().sampler().tunedTo(config)).isInstanceOf(Pndm.class);
    assertThat(new Plms().tunedTo(SchedulerConfig.stableDiffusion1())).isEqualTo(new Plms());
  }

  @Test
  void options_of_other_solvers_leave_a_sampler_as_it_is() {
    SchedulerConfig config = SchedulerConfig.builder("DDIMScheduler").build();

    for (SamplerRow row : Samplers.catalogue().rows()) {
      // These two hold the schedule by which they count timesteps.
      if (!List.of("tcd", "sa_solver").contains(row.id())) {
        assertThat(row.sampler().tunedTo(config)).isEqualTo(row.sampler());
      }
    }
  }

  @Test
  void orders_out_of_their_range_are_refused() {
    NoiseSchedule schedule = SchedulerConfig.stableDiffusion1().noiseSchedule();

    assertThatThrownBy(() -> new Lms(5)).hasMessage("the order of LMS must be from 1 to 4, got 5");
    assertThatThrownBy(() -> new Deis(4, true))
        .hasMessage("the order of DEIS must be from 1 to 3, got 4");
    assertThatThrownBy(() -> new UniPc(0, false, true))
        .hasMessage("the order of UniPC must be from 1 to 3, got 0");
    assertThatThrownBy(() -> new SaSolver(2, 5, true, schedule))
        .hasMessage("the orders of SA-Solver must be from 1 to 4, got 2 and 5");
    assertThatThrownBy(() -> new Tcd(1.1, schedule))
        .hasMessage("gamma must be from 0 to 1, got 1.1");
  }
}
