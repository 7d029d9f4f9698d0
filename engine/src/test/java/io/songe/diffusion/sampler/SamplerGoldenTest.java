package io.songe.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.diffusion.Betas;
import io.songe.diffusion.Conditioning;
import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SamplingPlan;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SigmaCurve;
import io.songe.diffusion.SigmaSchedule;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.Sigmas;
import io.songe.diffusion.SolverOptions;
import io.songe.diffusion.TimestepSpacing;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Golden numbers: tools/golden/samplers.py, tools/golden/solvers.py and tools/golden/dpm_solvers.py
 * (diffusers' schedulers on a small known network).
 */
class SamplerGoldenTest {
  private static final Shape SHAPE = Shape.of(2, 1, 4, 4);
  private static final long SEED = 11;

  /** diffusers computes noise levels in single precision; samples are sums of about 20 of those. */
  private static final double SINGLE_PRECISION = 1e-5;

  /**
   * From noise level 4096, diffusers' differences of large numbers lose three digits of single
   * precision. Its DDIM and its like start from an infinite level.
   */
  private static final double ZERO_TERMINAL_SIGNAL = 3e-4;

  /**
   * diffusers rounds noise levels to single precision, and a Brownian path differs by the root of
   * such a difference. Where levels are the same, so are samples: see KSamplerGoldenTest.
   */
  private static final double BROWNIAN = 1e-3;

  /** diffusers interpolates timesteps in a table of logarithms in single precision. */
  private static final double TIMESTEP = 1e-3;

  static Stream<Arguments> cases() throws IOException {
    return Stream.concat(
        cases("samplers.json"), Stream.concat(cases("solvers.json"), cases("dpm_solvers.json")));
  }

  private static Stream<Arguments> cases(String name) throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            SamplerGoldenTest.class.getResourceAsStream("/golden/diffusion/" + name))) {
      return JsonMapper.shared()
          .readTree(file)
          .valueStream()
          .map(golden ->
              Arguments.argumentSet(
                  golden.get("class").asString()
                      + " "
                      + golden.get("steps")
                      + " "
                      + golden.get("options")
                      + golden.get("arguments"),
                  golden));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noise_levels_and_timesteps_are_those_of_diffusers(JsonNode golden) {
    SchedulerConfig config = config(golden);

    SamplingPlan plan = row(golden).plan(config, new SigmaSchedule.Model(), steps(golden));

    double[] levels = levels(plan.sigmas());
    if (golden.has("sigmas")) {
      double[] expected = expectedLevels(golden, config);
      assertThat(levels).hasSameSizeAs(expected);
      for (int i = 0; i < levels.length; i++) {
        assertThat(levels[i]).isCloseTo(expected[i], within(1e-6 * expected[i]));
      }
    }
    for (int i = 0; i < plan.sigmas().steps(); i++) {
      assertThat(plan.schedule().timestep(levels[i]))
          .isCloseTo(golden.get("timesteps").get(i).asDouble(), within(TIMESTEP));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void samples_are_those_of_diffusers(JsonNode golden) {
    SchedulerConfig config = config(golden);
    SamplerRow row = row(golden);
    Sampler sampler = sampler(row, config, golden);

    try (Scope _ = Scope.open()) {
      SamplingPlan plan = row.plan(config, new SigmaSchedule.Model(), steps(golden));
      NoiseSource noise = NoiseSource.torch(SEED);
      Denoiser denoiser = plan.denoiser(network(config), new Guidance.None(), nothing(), nothing());
      float[] middle = new float[4];
      Tensor sampled =
          sampler.sample(
              denoiser,
              plan.start(noise.next(SHAPE)),
              plan.sigmas(),
              noise,
              (step, total, x, denoised) -> {
                if (step == Math.max(1, steps(golden) / 2)) {
                  double scale = scale(row, config, plan.sigmas().at(step));
                  System.arraycopy(x.times(scale).toFloats(), 0, middle, 0, 4);
                }
              });

      double tolerance = tolerance(row, config);
      assertClose(middle, golden.get("middle"), tolerance);
      assertClose(plan.finish(sampled).toFloats(), golden.get("sample"), tolerance);
    }
  }

  private static Sampler sampler(SamplerRow row, SchedulerConfig config, JsonNode golden) {
    JsonNode eta = golden.get("arguments").path("eta");
    if (eta.isMissingNode()) {
      return row.sampler().tunedTo(config);
    }
    return switch (row.id()) {
      case "ddim" -> new Ddim(eta.asDouble());
      case "tcd" -> new Tcd(eta.asDouble(), config.noiseSchedule());
      default -> throw new AssertionError("eta of " + row.id());
    };
  }

  private static double tolerance(SamplerRow row, SchedulerConfig config) {
    if (row.sampler() instanceof DpmPlusPlusSde) {
      return BROWNIAN;
    }
    boolean fromInfinity =
        switch (row.grid()) {
          case DDIM, DDPM, CONSISTENCY, TRAJECTORY -> true;
          default -> false;
        };
    return config.zeroTerminalSignal() && !fromInfinity ? ZERO_TERMINAL_SIGNAL : SINGLE_PRECISION;
  }

  /** The factor from our samples to those of the class in diffusers. */
  private static double scale(SamplerRow row, SchedulerConfig config, double sigma) {
    if (config.isFlow()) {
      return 1 / (1 + sigma);
    }
    return switch (row.grid()) {
      case EULER, KDPM2 -> 1;
      default -> 1 / Math.sqrt(1 + sigma * sigma);
    };
  }

  private static NoisePredictor network(SchedulerConfig config) {
    double shift = config.isFlow() ? -0.5 : 0;
    return (x, timesteps, given) -> {
      Tensor t = timesteps.reshape(-1, 1, 1, 1).times(0.004);
      return x.times(0.7).plus(x.times(2).plus(t).sin().times(0.4)).plus(shift);
    };
  }

  private static Conditioning nothing() {
    return Conditioning.of(Tensor.zeros(2, 1, 1));
  }

  private static void assertClose(float[] values, JsonNode expected, double tolerance) {
    assertThat(values).hasSize(expected.size());
    for (int i = 0; i < values.length; i++) {
      double wanted = expected.get(i).asDouble();
      assertThat((double) values[i])
          .as("element %d", i)
          .isCloseTo(wanted, within(tolerance * Math.max(1, Math.abs(wanted))));
    }
  }

  private static double[] levels(Sigmas sigmas) {
    return IntStream.rangeClosed(0, sigmas.steps()).mapToDouble(sigmas::at).toArray();
  }

  private static double[] expectedLevels(JsonNode golden, SchedulerConfig config) {
    double[] levels = golden.get("sigmas").valueStream().mapToDouble(JsonNode::asDouble).toArray();
    if (config.isFlow()) {
      for (int i = 0; i < levels.length; i++) {
        levels[i] = levels[i] == 1 ? 0x1p20 : levels[i] / (1 - levels[i]);
      }
    }
    return levels;
  }

  private static int steps(JsonNode golden) {
    return golden.get("steps").asInt();
  }

  /** What a config chooses, and by name what no config can. */
  private static SamplerRow row(JsonNode golden) {
    return golden.get("options").path("solver_type").asString("").equals("heun")
        ? Samplers.get("dpmpp_2m_sde_heun")
        : Samplers.of(config(golden)).sampler();
  }

  private static SchedulerConfig config(JsonNode golden) {
    JsonNode options = golden.get("options");
    SchedulerConfig.Builder builder =
        SchedulerConfig.builder(golden.get("class").asString())
            .betas(Betas.ScaledLinear.stableDiffusion())
            .stepsOffset(options.path("steps_offset").asInt(0))
            .zeroTerminalSignal(options.path("rescale_betas_zero_snr").asBoolean(false))
            .stochastic(options.path("algorithm_type").asString("").startsWith("sde"))
            .endsAtSigmaMin(options.path("final_sigmas_type").asString("").equals("sigma_min"))
            .flowShift(options.path("shift").asDouble(1))
            .solver(solver(golden.get("class").asString(), options));
    if (options.has("set_alpha_to_one")) {
      builder.alphaToOne(options.get("set_alpha_to_one").asBoolean());
    }
    if (options.has("timestep_spacing")) {
      String spacing = options.get("timestep_spacing").asString();
      builder.spacing(TimestepSpacing.valueOf(spacing.toUpperCase(Locale.ROOT)));
    }
    if (options.path("clip_sample").asBoolean(false)) {
      builder.sampleLimit(options.get("clip_sample_range").asDouble());
    }
    if (options.has("use_karras_sigmas")) {
      builder.schedule(new SigmaSchedule.Curved(SigmaCurve.karras(7)));
    }
    if (options.has("use_exponential_sigmas")) {
      builder.schedule(new SigmaSchedule.Curved(SigmaCurve.exponential()));
    }
    if (options.has("use_beta_sigmas")) {
      builder.schedule(SigmaSchedules.BETA.schedule());
    }
    switch (options.path("prediction_type").asString("")) {
      case "epsilon" -> builder.prediction(new Prediction.Epsilon());
      case "v_prediction" -> builder.prediction(new Prediction.Velocity());
      case "sample" -> builder.prediction(new Prediction.Sample());
      default -> {}
    }
    return builder.build();
  }

  private static SolverOptions solver(String className, JsonNode options) {
    return switch (SolverOptions.of(className)) {
      case SolverOptions.None none -> none;
      case SolverOptions.Ancestral _ ->
          new SolverOptions.Ancestral(
              options.path("variance_type").asString("").equals("fixed_large")
                  ? SolverOptions.Variance.LARGE
                  : SolverOptions.Variance.SMALL);
      case SolverOptions.PseudoNumerical _ ->
          new SolverOptions.PseudoNumerical(!options.path("skip_prk_steps").asBoolean(false));
      case SolverOptions.Multistep _ ->
          new SolverOptions.Multistep(
              options.path("solver_order").asInt(2),
              options.path("solver_type").asString("").equals("bh1"),
              options.path("lower_order_final").asBoolean(true));
      case SolverOptions.StochasticAdams _ ->
          new SolverOptions.StochasticAdams(
              options.path("predictor_order").asInt(2),
              options.path("corrector_order").asInt(2),
              options.path("lower_order_final").asBoolean(true));
      case SolverOptions.Distilled _ ->
          new SolverOptions.Distilled(options.path("original_inference_steps").asInt(50));
    };
  }
}
