package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.diffusion.Betas;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SigmaCurve;
import io.songe.diffusion.SigmaSchedule;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.SolverOptions;
import io.songe.diffusion.TimestepSpacing;
import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulerConfigJsonTest {
  private static final String FILE = "scheduler/scheduler_config.json";

  /** Stable Diffusion 1.5's. */
  private static final String PUBLISHED =
      """
      {"_class_name": "PNDMScheduler", "_diffusers_version": "0.6.0", "beta_end": 0.012,
       "beta_schedule": "scaled_linear", "beta_start": 0.00085, "clip_sample": false,
       "num_train_timesteps": 1000, "set_alpha_to_one": false, "skip_prk_steps": true,
       "steps_offset": 1, "trained_betas": null}
      """;

  @TempDir Path temporary;

  private static SchedulerConfig read(String json) {
    return SchedulerConfigJson.read(JsonConfig.parse(FILE, json));
  }

  private static String with(String option, String value) {
    return PUBLISHED.strip().replaceFirst("}$", ", \"" + option + "\": " + value + "}");
  }

  private static SchedulerConfig.Builder latentDiffusion(String className) {
    return SchedulerConfig.builder(className)
        .betas(Betas.ScaledLinear.stableDiffusion())
        .stepsOffset(1);
  }

  static Stream<SchedulerConfig> configs() {
    return Stream.of(
        SchedulerConfig.stableDiffusion1(),
        latentDiffusion("DDIMScheduler")
            .prediction(new Prediction.Velocity())
            .spacing(TimestepSpacing.TRAILING)
            .zeroTerminalSignal(true)
            .build(),
        latentDiffusion("EulerDiscreteScheduler")
            .schedule(SigmaSchedules.KARRAS.schedule())
            .endsAtSigmaMin(true)
            .build(),
        latentDiffusion("DPMSolverMultistepScheduler")
            .schedule(SigmaSchedules.EXPONENTIAL.schedule())
            .stochastic(true)
            .build(),
        latentDiffusion("DPMSolverSinglestepScheduler")
            .schedule(SigmaSchedules.BETA.schedule())
            .build(),
        latentDiffusion("HeunDiscreteScheduler")
            .betas(new Betas.SquaredCosine(500))
            .prediction(new Prediction.Sample())
            .spacing(TimestepSpacing.LINSPACE)
            .build(),
        latentDiffusion("EulerAncestralDiscreteScheduler")
            .betas(new Betas.Trained(List.of(0.1f, 0.2f, 1f / 3)))
            .spacing(TimestepSpacing.LEADING)
            .build(),
        latentDiffusion("PNDMScheduler").alphaToOne(true).build(),
        latentDiffusion("DDPMScheduler")
            .solver(new SolverOptions.Ancestral(SolverOptions.Variance.LARGE))
            .build(),
        latentDiffusion("DEISMultistepScheduler")
            .solver(new SolverOptions.Multistep(3, false, false))
            .build(),
        latentDiffusion("UniPCMultistepScheduler")
            .solver(new SolverOptions.Multistep(1, true, true))
            .build(),
        latentDiffusion("SASolverScheduler")
            .solver(new SolverOptions.StochasticAdams(3, 4, false))
            .build(),
        latentDiffusion("LCMScheduler").solver(new SolverOptions.Distilled(25)).build(),
        SchedulerConfig.builder("FlowMatchEulerDiscreteScheduler").flowShift(3).build());
  }

  @ParameterizedTest
  @MethodSource("configs")
  void what_is_written_is_read_again(SchedulerConfig config) {
    Path file = temporary.resolve("scheduler_config.json");

    JsonConfigWriter.write(file, SchedulerConfigWriter.write(config));

    assertThat(SchedulerConfigJson.read(JsonConfig.read(file))).isEqualTo(config);
  }

  @Test
  void the_published_file_is_stable_diffusion_1() {
    assertThat(read(PUBLISHED)).isEqualTo(SchedulerConfig.stableDiffusion1());
  }

  @Test
  void what_is_written_for_it_is_what_was_published() {
    Map<String, Object> written = SchedulerConfigWriter.write(SchedulerConfig.stableDiffusion1());

    JsonConfig published = JsonConfig.parse(FILE, PUBLISHED);
    assertThat(published.keys()).containsAll(without(written, "prediction_type"));
    assertThat(written).containsEntry("skip_prk_steps", true);
    assertThat(written).containsEntry("prediction_type", "epsilon");
  }

  private static List<String> without(Map<String, Object> options, String option) {
    return options.keySet().stream().filter(key -> !key.equals(option)).toList();
  }

  @ParameterizedTest
  @CsvSource({"steps_offset, 0", "clip_sample, true"})
  void what_the_references_pipeline_overrules_changes_nothing(String option, String value) {
    String json =
        PUBLISHED.replaceFirst("\"" + option + "\": \\w+", "\"" + option + "\": " + value);

    assertThat(json).isNotEqualTo(PUBLISHED);
    assertThat(read(json)).isEqualTo(SchedulerConfig.stableDiffusion1());
  }

  static Stream<Arguments> writtenByDiffusers() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            SchedulerConfigJsonTest.class.getResourceAsStream(
                "/golden/diffusion/solver_configs.json"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("{"))
          .map(line -> Arguments.of(line.replaceFirst(",$", "")));
    }
  }

  /** The files are of tools/golden/solvers.py. */
  @ParameterizedTest
  @MethodSource("writtenByDiffusers")
  void what_diffusers_writes_by_default_is_read(String json) {
    SchedulerConfig config = read(json);

    SchedulerConfig expected =
        latentDiffusion(config.className())
            .spacing(config.spacing())
            .alphaToOne(config.alphaToOne())
            .solver(
                json.contains("\"skip_prk_steps\": true") && config.className().startsWith("PNDM")
                    ? new SolverOptions.PseudoNumerical(false)
                    : SolverOptions.of(config.className()))
            .build();
    assertThat(config).isEqualTo(expected);
  }

  @Test
  void a_file_that_names_pndm_alone_means_its_defaults() {
    SchedulerConfig config = read("{\"_class_name\": \"PNDMScheduler\"}");

    assertThat(config.solver()).isEqualTo(new SolverOptions.PseudoNumerical(true));
    assertThat(config.alphaToOne()).isFalse();
  }

  @Test
  void the_number_of_timesteps_counts_without_a_schedule_too() {
    SchedulerConfig config =
        read("{\"_class_name\": \"DDIMScheduler\", \"num_train_timesteps\": 100}");

    assertThat(config.betas()).isEqualTo(new Betas.Linear(0.0001, 0.02, 100));
  }

  @Test
  void an_infinite_bound_never_binds() {
    assertThat(read(with("lambda_min_clipped", "-Infinity")))
        .isEqualTo(SchedulerConfig.stableDiffusion1());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thresholding         | true",
        "use_lu_lambdas       | true",
        "final_sigmas_type    | \"half\"",
        "algorithm_type       | \"dpmsolver\"",
        "lambda_min_clipped   | -5.1",
        "sigma_max            | 80.0",
        "timestep_spacing     | \"quadratic\"",
        "prediction_type      | \"noise\"",
        "an_option_of_2027    | 1",
      })
  void what_is_not_implemented_is_refused_by_name(String option, String value) {
    assertThatThrownBy(() -> read(with(option, value)))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(FILE + ": ")
        .hasMessageContaining(option);
  }

  @Test
  void two_curves_at_once_are_refused() {
    String json =
        with("use_karras_sigmas", "true")
            .replaceFirst("}\\s*$", ", \"use_exponential_sigmas\": true}");

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessage(
            FILE + ": use_karras_sigmas and use_exponential_sigmas are both true; only one can be");
  }

  @ParameterizedTest
  @CsvSource({
    "algorithm_type, '\"sde-dpmsolver++\"'",
    "solver_order, 3",
    "solver_type, '\"heun\"'",
  })
  void of_the_singlestep_solver_only_its_usual_form_is_taken(String option, String value) {
    String singlestep =
        with(option, value).replace("PNDMScheduler", "DPMSolverSinglestepScheduler");

    assertThatThrownBy(() -> read(singlestep))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining(option);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"num_train_timesteps\": 1000 | \"num_train_timesteps\": 1           | at least 2",
        "\"num_train_timesteps\": 1000 | \"num_train_timesteps\": 2000000000  | at most 1000000",
        "\"beta_end\": 0.012           | \"beta_end\": 1.5                    | between 0 and 1",
        "\"beta_start\": 0.00085       | \"beta_start\": 1e-30                | too small",
        "\"trained_betas\": null       | \"trained_betas\": [0.1, 0.2]        | as many as",
        "PNDMScheduler                 | KarrasVeScheduler                    | KarrasVeScheduler",
      })
  void what_cannot_be_drawn_with_is_refused_with_the_file(String from, String to, String says) {
    String json = PUBLISHED.replace(from, to);

    assertThat(json).isNotEqualTo(PUBLISHED);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith(FILE + ": ")
        .hasMessageContaining(says);
  }

  @Test
  void a_curve_that_the_format_does_not_know_cannot_be_written() {
    SchedulerConfig config =
        latentDiffusion("EulerDiscreteScheduler")
            .schedule(new SigmaSchedule.Curved(SigmaCurve.klOptimal()))
            .build();

    assertThatThrownBy(() -> SchedulerConfigWriter.write(config))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("knows the curves Karras, exponential and beta alone");
  }
}
