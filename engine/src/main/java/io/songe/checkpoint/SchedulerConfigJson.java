package io.songe.checkpoint;

import io.songe.diffusion.Betas;
import io.songe.diffusion.ImplementedOptions;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SigmaSchedule;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.TimestepSpacing;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.format.JsonConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads {@code scheduler_config.json}, as diffusers' scheduler classes write it. */
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
          "use_lu_lambdas",
          "use_flow_sigmas",
          "use_dynamic_shifting",
          "invert_sigmas",
          "stochastic_sampling",
          "lower_order_final",
          "euler_at_final",
          "predict_x0");

  /** The options that choose a curve of noise levels. */
  static final SequencedMap<String, SigmaSchedule> CURVES = curves();

  /**
   * Options that only count where a checked one is on, or for another class, that the reference's
   * pipeline overrules, or that say who wrote the file.
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
          "time_shift_type",
          "variance_type",
          "clip_sample",
          "clip_sample_range",
          "solver_p",
          "tau_func",
          "steps_offset");

  /**
   * Stable Diffusion 1's and 2's. The reference's pipelines for them take it whatever the file
   * says, and clip no samples: older files have neither option, or wrong values.
   */
  private static final int STEPS_OFFSET = 1;

  /** Of training; published models have 1000. */
  private static final int MOST_TIMESTEPS = 1_000_000;

  private SchedulerConfigJson() {}

  private static SequencedMap<String, SigmaSchedule> curves() {
    SequencedMap<String, SigmaSchedule> curves = new LinkedHashMap<>();
    curves.put("use_karras_sigmas", SigmaSchedules.KARRAS.schedule());
    curves.put("use_exponential_sigmas", SigmaSchedules.EXPONENTIAL.schedule());
    curves.put("use_beta_sigmas", SigmaSchedules.BETA.schedule());
    return Collections.unmodifiableSequencedMap(curves);
  }

  /**
   * Reads the config of a Stable Diffusion 1 or 2.
   *
   * @param json the file
   * @return the config, of which is known that pictures can be drawn after it
   * @throws BrokenFileException if an option is unknown, or has a value that is not implemented
   */
  static SchedulerConfig read(JsonConfig json) {
    return read(json, STEPS_OFFSET);
  }

  /**
   * Reads the config of a Stable Diffusion XL, whose pipelines take the offset that the file says.
   *
   * @param json the file
   * @return the config, of which is known that pictures can be drawn after it
   * @throws BrokenFileException if an option is unknown, or has a value that is not implemented
   */
  static SchedulerConfig readOfXl(JsonConfig json) {
    return read(json, json.integer("steps_offset", 0));
  }

  private static SchedulerConfig read(JsonConfig json, int stepsOffset) {
    try {
      SchedulerConfig config = config(json, stepsOffset);
      // What can only be told by trying shall be told with the file's name, and not in drawing.
      Samplers.of(config);
      config.noiseSchedule();
      return config;
    } catch (InvalidRequestException | IllegalArgumentException refused) {
      throw json.label().refused(refused);
    }
  }

  private static SchedulerConfig config(JsonConfig json, int stepsOffset) {
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

    if (json.isSet("lambda_min_clipped")) {
      double least = json.numberOrInfinity("lambda_min_clipped", Double.NEGATIVE_INFINITY);
      ImplementedOptions.check(className, "lambda_min_clipped", least);
    }

    SchedulerConfig.Builder builder = SchedulerConfig.builder(className);
    builder.betas(betas(json, className));
    json.optionalString("prediction_type")
        .ifPresent(type -> builder.prediction(prediction(className, type)));
    json.optionalString("timestep_spacing")
        .ifPresent(spacing -> {
          ImplementedOptions.check(className, "timestep_spacing", spacing);
          builder.spacing(TimestepSpacing.valueOf(spacing.toUpperCase(Locale.ROOT)));
        });
    if (!className.startsWith("FlowMatch")) {
      builder.stepsOffset(stepsOffset);
    }
    builder.zeroTerminalSignal(json.flag("rescale_betas_zero_snr", false));
    if (json.isSet("set_alpha_to_one")) {
      builder.alphaToOne(json.flag("set_alpha_to_one"));
    }
    builder.endsAtSigmaMin(json.string("final_sigmas_type", "zero").equals("sigma_min"));
    builder.stochastic(json.string("algorithm_type", "").startsWith("sde-"));
    builder.flowShift(json.number("shift", 1));
    curve(json).ifPresent(builder::schedule);
    builder.solver(SolverOptionsJson.read(json, className));
    json.refuseUnknown(IGNORABLE);
    return builder.build();
  }

  private static Optional<SigmaSchedule> curve(JsonConfig json) {
    List<String> asked = CURVES.keySet().stream().filter(name -> json.flag(name, false)).toList();
    if (asked.size() > 1) {
      throw new InvalidRequestException(
          String.join(" and ", asked) + " are both true; only one can be");
    }
    return asked.stream().map(CURVES::get).findFirst();
  }

  private static int count(JsonConfig json) {
    int count = json.integer("num_train_timesteps", 1000);
    if (count > MOST_TIMESTEPS) {
      throw new IllegalArgumentException(
          "num_train_timesteps is at most " + MOST_TIMESTEPS + ", got " + count);
    }
    return count;
  }

  private static Betas betas(JsonConfig json, String className) {
    int count = count(json);
    double first = json.number("beta_start", 0.0001);
    double last = json.number("beta_end", 0.02);
    String curve = json.string("beta_schedule", "linear");
    ImplementedOptions.check(className, "beta_schedule", curve);
    return json.optionalNumbers("trained_betas")
        .map(trained -> trained(trained, count))
        .orElseGet(() ->
            switch (curve) {
              case "scaled_linear" -> new Betas.ScaledLinear(first, last, count);
              case "squaredcos_cap_v2" -> new Betas.SquaredCosine(count);
              default -> new Betas.Linear(first, last, count);
            });
  }

  private static Betas trained(List<Double> variances, int count) {
    if (variances.size() != count) {
      throw new IllegalArgumentException(
          "trained_betas are as many as num_train_timesteps, got %d and %d"
              .formatted(variances.size(), count));
    }
    return new Betas.Trained(variances.stream().map(Double::floatValue).toList());
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
}
