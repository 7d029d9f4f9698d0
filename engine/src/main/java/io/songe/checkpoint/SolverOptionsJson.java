package io.songe.checkpoint;

import io.songe.diffusion.ImplementedOptions;
import io.songe.diffusion.SolverOptions;
import io.songe.format.JsonConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads and writes what a {@code scheduler_config.json} says to one kind of solver alone. */
final class SolverOptionsJson {
  private SolverOptionsJson() {}

  /**
   * Reads the options.
   *
   * @param json the file
   * @param className diffusers' class, as the file names it
   * @return what the file says, and for the rest what the class has by default
   */
  static SolverOptions read(JsonConfig json, String className) {
    return switch (SolverOptions.of(className)) {
      case SolverOptions.None none -> none;
      case SolverOptions.Ancestral usual ->
          json.string("variance_type", "fixed_small").equals("fixed_large")
              ? new SolverOptions.Ancestral(SolverOptions.Variance.LARGE)
              : usual;
      case SolverOptions.PseudoNumerical usual ->
          new SolverOptions.PseudoNumerical(!json.flag("skip_prk_steps", !usual.rungeKuttaStart()));
      case SolverOptions.Multistep usual -> {
        checkCorrector(json, className);
        yield new SolverOptions.Multistep(
            json.integer("solver_order", usual.order()),
            json.string("solver_type", "").equals("bh1") && !className.startsWith("DEIS"),
            json.flag("lower_order_final", usual.lowerOrderFinal()));
      }
      case SolverOptions.StochasticAdams usual ->
          new SolverOptions.StochasticAdams(
              json.integer("predictor_order", usual.predictorOrder()),
              json.integer("corrector_order", usual.correctorOrder()),
              json.flag("lower_order_final", usual.lowerOrderFinal()));
      case SolverOptions.Distilled usual -> {
        double scaling = json.number("timestep_scaling", 10);
        ImplementedOptions.check(className, "timestep_scaling", scaling);
        yield new SolverOptions.Distilled(json.integer("original_inference_steps", usual.steps()));
      }
    };
  }

  private static void checkCorrector(JsonConfig json, String className) {
    List<Integer> uncorrected = json.integers("disable_corrector", List.of());
    ImplementedOptions.check(className, "disable_corrector", uncorrected);
  }

  /**
   * Writes the options that differ from what their class has by default.
   *
   * @param solver the options
   * @param className diffusers' class
   * @return options of the file
   */
  static Map<String, Object> write(SolverOptions solver, String className) {
    Map<String, Object> json = new TreeMap<>();
    if (solver.equals(SolverOptions.of(className))) {
      return json;
    }
    switch (solver) {
      case SolverOptions.None _ -> {}
      case SolverOptions.Ancestral(SolverOptions.Variance variance) ->
          json.put(
              "variance_type",
              switch (variance) {
                case SMALL -> "fixed_small";
                case LARGE -> "fixed_large";
              });
      case SolverOptions.PseudoNumerical(boolean rungeKuttaStart) ->
          json.put("skip_prk_steps", !rungeKuttaStart);
      case SolverOptions.Multistep(int order, boolean firstVariant, boolean lowerOrderFinal) -> {
        json.put("solver_order", order);
        if (firstVariant) {
          json.put("solver_type", "bh1");
        }
        json.put("lower_order_final", lowerOrderFinal);
      }
      case SolverOptions.StochasticAdams(int predictor, int corrector, boolean lowerOrderFinal) -> {
        json.put("predictor_order", predictor);
        json.put("corrector_order", corrector);
        json.put("lower_order_final", lowerOrderFinal);
      }
      case SolverOptions.Distilled(int steps) -> json.put("original_inference_steps", steps);
    }
    return json;
  }
}
