package io.songe.checkpoint;

import io.songe.diffusion.Betas;
import io.songe.diffusion.ImplementedOptions;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SigmaCurve;
import io.songe.diffusion.SigmaSchedule;
import io.songe.diffusion.TimestepSpacing;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.format.JsonConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code scheduler_config.json}, as diffusers' scheduler classes write it. */
final class SchedulerConfigJson {
  private static final List<String> CHECKED_TEXTS =
      List.of(
          "final_sigmas_type",
          "algorithm_type",
          "interpolation_type",
          "timestep_type",
          "variance_type",
          "solver_type");
  private static final List<String> CHECKED_FLAGS =
      List.of(
          "thresholding",
          "use_beta_sigmas",
          "use_lu_lambdas",
          "use_flow_sigmas",
          "use_dynamic_shifting",
          "invert_sigmas",
          "stochastic_sampling",
          "lower_order_final",
          "euler_at_final");

  /**
   * Options that only count where a checked one is on, that PNDM's first steps had, or that say who
   * wrote the file.
   */
  private static final Set<String> IGNORABLE =
      Set.of(
          "_diffusers_version",
          "_name_or_path",
          "dynamic_thresholding_ratio",
          "sample_max_value",
          "skip_prk_steps",
          "rho",
          "base_shift",
          "max_shift",
          "base_image_seq_len",
          "max_image_seq_len",
          "flow_shift",
          "variance_type",
          "clip_sample_range",
          "lambda_min_clipped",
          "solver_p",
          "predict_x0",
          "disable_corrector",
          "steps_offset");

  private SchedulerConfigJson() {}

  /**
   * Reads a config.
   *
   * @param json the file
   * @return the config
   * @throws BrokenFileException if an option is unknown, or has a value that is not implemented
   */
  static SchedulerConfig read(JsonConfig json, String file) {
    try {
      return checked(json);
    } catch (InvalidRequestException | IllegalArgumentException refused) {
      throw new BrokenFileException(file + ": " + refused.getMessage(), refused);
    }
  }

  private static SchedulerConfig checked(JsonConfig json) {
    String className = json.string("_class_name");
    CHECKED_TEXTS.forEach(option ->
        json.optionalString(option)
            .ifPresent(value -> ImplementedOptions.check(className, option, value)));
    CHECKED_FLAGS.stream()
        .filter(json::isSet)
        .forEach(option -> ImplementedOptions.check(className, option, json.flag(option, false)));
    json.optionalInteger("solver_order")
        .ifPresent(order -> ImplementedOptions.check(className, "solver_order", order));
    for (String option : List.of("sigma_min", "sigma_max", "shift_terminal")) {
      json.optionalNumber(option)
          .ifPresent(value -> ImplementedOptions.check(className, option, value));
    }

    SchedulerConfig.Builder builder = SchedulerConfig.builder(className);
    if (json.isSet("beta_schedule") || json.isSet("trained_betas") || json.isSet("beta_start")) {
      builder.betas(betas(json, className));
    } else {
      json.integer("num_train_timesteps", 1000);
    }
    json.optionalString("prediction_type")
        .ifPresent(type -> builder.prediction(prediction(className, type)));
    json.optionalString("timestep_spacing")
        .ifPresent(spacing -> {
          ImplementedOptions.check(className, "timestep_spacing", spacing);
          builder.spacing(TimestepSpacing.valueOf(spacing.toUpperCase(Locale.ROOT)));
        });
    builder.stepsOffset(json.integer("steps_offset", 0));
    builder.zeroTerminalSignal(json.flag("rescale_betas_zero_snr", false));
    builder.alphaToOne(json.flag("set_alpha_to_one", true));
    builder.endsAtSigmaMin(json.string("final_sigmas_type", "zero").equals("sigma_min"));
    builder.stochastic(json.string("algorithm_type", "").startsWith("sde-"));
    builder.flowShift(json.number("shift", 1));
    if (json.flag("clip_sample", false)) {
      builder.sampleLimit(json.number("clip_sample_range", 1));
    }
    boolean karras = json.flag("use_karras_sigmas", false);
    boolean exponential = json.flag("use_exponential_sigmas", false);
    if (karras && exponential) {
      throw new InvalidRequestException(
          "use_karras_sigmas and use_exponential_sigmas are both true; only one can be");
    }
    if (karras) {
      builder.schedule(new SigmaSchedule.Curved(SigmaCurve.karras(7)));
    } else if (exponential) {
      builder.schedule(new SigmaSchedule.Curved(SigmaCurve.exponential()));
    }
    json.refuseUnknown(IGNORABLE);
    return builder.build();
  }

  private static Betas betas(JsonConfig json, String className) {
    int count = json.integer("num_train_timesteps", 1000);
    double first = json.number("beta_start", 0.0001);
    double last = json.number("beta_end", 0.02);
    String curve = json.string("beta_schedule", "linear");
    ImplementedOptions.check(className, "beta_schedule", curve);
    return json.optionalNumbers("trained_betas")
        .<Betas>map(trained -> new Betas.Trained(trained.stream().map(Double::floatValue).toList()))
        .orElseGet(() ->
            switch (curve) {
              case "scaled_linear" -> new Betas.ScaledLinear(first, last, count);
              case "squaredcos_cap_v2" -> new Betas.SquaredCosine(count);
              default -> new Betas.Linear(first, last, count);
            });
  }

  private static Prediction prediction(String className, String type) {
    ImplementedOptions.check(className, "prediction_type", type);
    return switch (type) {
      case "v_prediction" -> new Prediction.Velocity();
      case "sample" -> new Prediction.Sample();
      case "flow_prediction" -> new Prediction.Flow();
      default -> new Prediction.Epsilon();
    };
  }

  /**
   * Writes a config as one of DDIM's class, which every reader knows.
   *
   * @param config to write
   * @return its options
   * @throws InvalidRequestException if the config cannot be said so
   */
  static Map<String, Object> write(SchedulerConfig config) {
    Map<String, Object> json = new TreeMap<>();
    json.put("_class_name", config.className());
    switch (config.betas()) {
      case Betas.Linear(double first, double last, int count) -> {
        json.put("beta_schedule", "linear");
        json.put("beta_start", first);
        json.put("beta_end", last);
        json.put("num_train_timesteps", count);
      }
      case Betas.ScaledLinear(double first, double last, int count) -> {
        json.put("beta_schedule", "scaled_linear");
        json.put("beta_start", first);
        json.put("beta_end", last);
        json.put("num_train_timesteps", count);
      }
      case Betas.SquaredCosine(int count) -> {
        json.put("beta_schedule", "squaredcos_cap_v2");
        json.put("num_train_timesteps", count);
      }
      case Betas.Trained(List<Float> variances) -> {
        json.put("trained_betas", variances);
        json.put("num_train_timesteps", variances.size());
      }
    }
    json.put(
        "prediction_type",
        switch (config.prediction()) {
          case Prediction.Epsilon _ -> "epsilon";
          case Prediction.Velocity _ -> "v_prediction";
          case Prediction.Sample _ -> "sample";
          case Prediction.Flow _ -> "flow_prediction";
        });
    if (config.spacing() != TimestepSpacing.UNSPECIFIED) {
      json.put("timestep_spacing", config.spacing().name().toLowerCase(Locale.ROOT));
    }
    json.put("steps_offset", config.stepsOffset());
    json.put("rescale_betas_zero_snr", config.zeroTerminalSignal());
    json.put("set_alpha_to_one", config.alphaToOne());
    boolean clips = config.sampleLimit() != Double.POSITIVE_INFINITY;
    json.put("clip_sample", clips);
    if (clips) {
      json.put("clip_sample_range", config.sampleLimit());
    }
    return json;
  }
}
