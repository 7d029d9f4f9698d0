package io.songe.diffusion;

import io.songe.error.InvalidRequestException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code scheduler_config.json} of which not every value is implemented. A file that
 * asks for another value is refused by name, since its pictures would silently differ.
 */
public final class ImplementedOptions {
  private static final Map<String, List<String>> EVERYWHERE =
      Map.ofEntries(
          Map.entry("beta_schedule", List.of("linear", "scaled_linear", "squaredcos_cap_v2")),
          Map.entry(
              "prediction_type", List.of("epsilon", "v_prediction", "sample", "flow_prediction")),
          Map.entry("timestep_spacing", List.of("linspace", "leading", "trailing")),
          Map.entry("final_sigmas_type", List.of("zero", "sigma_min")),
          Map.entry("algorithm_type", List.of("dpmsolver++", "sde-dpmsolver++")),
          Map.entry("interpolation_type", List.of("linear")),
          Map.entry("timestep_type", List.of("discrete")),
          Map.entry("variance_type", List.of("fixed_small", "fixed_small_log", "fixed_large")),
          Map.entry("lambda_min_clipped", List.of("-Infinity")),
          Map.entry("thresholding", List.of("false")),
          Map.entry("use_lu_lambdas", List.of("false")),
          Map.entry("use_flow_sigmas", List.of("false")),
          Map.entry("use_dynamic_shifting", List.of("false")),
          Map.entry("invert_sigmas", List.of("false")),
          Map.entry("stochastic_sampling", List.of("false")),
          Map.entry("shift_terminal", List.of()),
          Map.entry("sigma_min", List.of()),
          Map.entry("sigma_max", List.of()));

  private static final Map<String, List<String>> OF_DPM_SOLVER =
      Map.of(
          "solver_order", List.of("2"),
          "solver_type", List.of("midpoint"),
          "lower_order_final", List.of("true"),
          "euler_at_final", List.of("false"));

  /** The types of other solvers stand for the only one that there is, as in diffusers. */
  private static final Map<String, List<String>> OF_DEIS =
      Map.of(
          "algorithm_type", List.of("deis", "dpmsolver", "dpmsolver++"),
          "solver_type", List.of("logrho", "midpoint", "heun", "bh1", "bh2"));

  private static final Map<String, List<String>> OF_UNIPC =
      Map.of(
          "solver_type", List.of("bh1", "bh2", "midpoint", "heun", "logrho"),
          "predict_x0", List.of("true"),
          "disable_corrector", List.of("[]"));

  private static final Map<String, List<String>> OF_DISTILLED =
      Map.of("timestep_scaling", List.of("10.0"));

  private static final Map<String, List<String>> OF_SA_SOLVER =
      Map.of("algorithm_type", List.of("data_prediction"));

  /** Of its last steps diffusers decides itself, but for one rare pair of options. */
  private static final Map<String, List<String>> OF_SINGLESTEP =
      Map.of(
          "algorithm_type", List.of("dpmsolver++"),
          "solver_order", List.of("2"),
          "solver_type", List.of("midpoint"));

  private ImplementedOptions() {}

  /**
   * Refuses a value that is not implemented. Other options pass, whatever their values.
   *
   * @param className diffusers' class, as the file names it
   * @param option its name in the file
   * @param value as the file has it: text, number, truth value, or null, which always passes
   * @throws InvalidRequestException if the value is not implemented; whoever read the file adds its
   *     name
   */
  public static void check(String className, String option, @Nullable Object value) {
    if (value == null) {
      return;
    }
    Map<String, List<String>> own =
        switch (className) {
          case "DPMSolverMultistepScheduler" -> OF_DPM_SOLVER;
          case "DPMSolverSinglestepScheduler" -> OF_SINGLESTEP;
          case "DEISMultistepScheduler" -> OF_DEIS;
          case "UniPCMultistepScheduler" -> OF_UNIPC;
          case "SASolverScheduler" -> OF_SA_SOLVER;
          case "LCMScheduler", "TCDScheduler" -> OF_DISTILLED;
          default -> Map.of();
        };
    List<String> implemented = own.containsKey(option) ? own.get(option) : EVERYWHERE.get(option);
    if (implemented != null && !implemented.contains(value.toString())) {
      throw new InvalidRequestException(
          "the scheduler option "
              + option
              + " = "
              + value
              + " is not implemented, only "
              + (implemented.isEmpty() ? "its absence" : String.join(" and ", implemented))
              + "; choose a model that does not need it");
    }
  }
}
