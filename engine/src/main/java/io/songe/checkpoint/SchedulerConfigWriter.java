package io.songe.checkpoint;

import io.songe.diffusion.Betas;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.SigmaSchedule;
import io.songe.diffusion.TimestepSpacing;
import io.songe.error.EngineException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says a scheduler's config in the options that {@link SchedulerConfigJson} reads. What a class has
 * by default in every version of diffusers is left out where other classes do not know it.
 */
final class SchedulerConfigWriter {
  private SchedulerConfigWriter() {}

  /**
   * Writes a config.
   *
   * @param config to write
   * @return its options
   * @throws EngineException if the format cannot say what the config says
   */
  static Map<String, Object> write(SchedulerConfig config) {
    Map<String, Object> json = new TreeMap<>();
    json.put("_class_name", config.className());
    if (config.isFlow()) {
      json.put("shift", config.flowShift());
    } else {
      putTraining(json, config);
      putSteps(json, config);
    }
    if (config.spacing() != TimestepSpacing.UNSPECIFIED) {
      json.put("timestep_spacing", config.spacing().name().toLowerCase(Locale.ROOT));
    }
    putCurve(json, config.schedule());
    if (config.stochastic()) {
      json.put("algorithm_type", "sde-dpmsolver++");
    }
    return json;
  }

  private static void putTraining(Map<String, Object> json, SchedulerConfig config) {
    switch (config.betas()) {
      case Betas.Linear(double first, double last, int count) ->
          putBetas(json, "linear", first, last, count);
      case Betas.ScaledLinear(double first, double last, int count) ->
          putBetas(json, "scaled_linear", first, last, count);
      case Betas.SquaredCosine(int count) -> {
        json.put("beta_schedule", "squaredcos_cap_v2");
        json.put("num_train_timesteps", count);
      }
      case Betas.Trained(List<Float> variances) -> {
        json.put("trained_betas", variances.stream().map(SchedulerConfigWriter::shortest).toList());
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
    if (config.zeroTerminalSignal()) {
      json.put("rescale_betas_zero_snr", true);
    }
  }

  private static void putBetas(
      Map<String, Object> json, String curve, double first, double last, int count) {
    json.put("beta_schedule", curve);
    json.put("beta_start", first);
    json.put("beta_end", last);
    json.put("num_train_timesteps", count);
  }

  /** The shortest number in decimal notation that becomes this one in single precision. */
  private static double shortest(float number) {
    return Double.parseDouble(Float.toString(number));
  }

  private static void putSteps(Map<String, Object> json, SchedulerConfig config) {
    json.put("steps_offset", config.stepsOffset());
    json.put("set_alpha_to_one", config.alphaToOne());
    boolean clips = config.sampleLimit() != Double.POSITIVE_INFINITY;
    json.put("clip_sample", clips);
    if (clips) {
      json.put("clip_sample_range", config.sampleLimit());
    }
    if (config.endsAtSigmaMin()) {
      json.put("final_sigmas_type", "sigma_min");
    }
    json.putAll(SolverOptionsJson.write(config.solver(), config.className()));
  }

  private static void putCurve(Map<String, Object> json, SigmaSchedule schedule) {
    if (schedule instanceof SigmaSchedule.Model) {
      return;
    }
    String option =
        SchedulerConfigJson.CURVES.entrySet().stream()
            .filter(entry -> entry.getValue().equals(schedule))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(() ->
                new EngineException(
                    "the published format knows the curves Karras, exponential and beta alone, got "
                        + schedule));
    json.put(option, true);
  }
}
