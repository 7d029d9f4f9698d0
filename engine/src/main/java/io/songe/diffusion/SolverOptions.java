package io.songe.diffusion;

import io.songe.error.InvalidRequestException;

/**
 * What a model's {@code scheduler_config.json} says to one kind of solver alone. A solver of
 * another kind goes by its own usual options.
 */
public sealed interface SolverOptions {
  /** Nothing: the class has no such options. */
  record None() implements SolverOptions {}

  /**
   * Of {@code DDPMScheduler}.
   *
   * @param variance how much noise a step adds ({@code variance_type})
   */
  record Ancestral(Variance variance) implements SolverOptions {}

  /** A variance of the reverse process. Ho, Jain and Abbeel 2020, section 3.2. */
  enum Variance {
    /** Least: right for data that are one point ({@code fixed_small}, {@code fixed_small_log}). */
    SMALL,
    /** Greatest: right for data that are noise themselves ({@code fixed_large}). */
    LARGE
  }

  /**
   * Of {@code PNDMScheduler}.
   *
   * @param rungeKuttaStart whether the first steps are of Runge and Kutta's kind, with four
   *     estimates each ({@code skip_prk_steps} false)
   */
  record PseudoNumerical(boolean rungeKuttaStart) implements SolverOptions {}

  /**
   * Of {@code DEISMultistepScheduler} and {@code UniPCMultistepScheduler}.
   *
   * @param order of the solver, from 1 to 3 ({@code solver_order})
   * @param firstVariant whether UniPC's B(h) is h, not e^h - 1 ({@code solver_type} {@code bh1})
   * @param lowerOrderFinal whether the last steps are of lower order ({@code lower_order_final})
   */
  record Multistep(int order, boolean firstVariant, boolean lowerOrderFinal)
      implements SolverOptions {
    /** Checks the range. */
    public Multistep {
      checkOrder("solver_order", order, 3);
    }
  }

  /**
   * Of {@code SASolverScheduler}.
   *
   * @param predictorOrder from 1 to 4 ({@code predictor_order})
   * @param correctorOrder from 1 to 4 ({@code corrector_order})
   * @param lowerOrderFinal whether the last steps are of lower order ({@code lower_order_final})
   */
  record StochasticAdams(int predictorOrder, int correctorOrder, boolean lowerOrderFinal)
      implements SolverOptions {
    /** Checks the ranges. */
    public StochasticAdams {
      checkOrder("predictor_order", predictorOrder, 4);
      checkOrder("corrector_order", correctorOrder, 4);
    }
  }

  /**
   * Of {@code LCMScheduler} and {@code TCDScheduler}.
   *
   * @param steps of the solver that was distilled, of which some are taken ({@code
   *     original_inference_steps})
   */
  record Distilled(int steps) implements SolverOptions {
    /** Checks the range. */
    public Distilled {
      if (steps < 1) {
        throw new InvalidRequestException(
            "original_inference_steps must be at least 1, got " + steps);
      }
    }
  }

  /**
   * What a file means that names its class and says nothing else.
   *
   * @param className diffusers' class
   * @return the defaults of diffusers
   */
  static SolverOptions of(String className) {
    return switch (className) {
      case "DDPMScheduler" -> new Ancestral(Variance.SMALL);
      case "PNDMScheduler" -> new PseudoNumerical(true);
      case "DEISMultistepScheduler", "UniPCMultistepScheduler" -> new Multistep(2, false, true);
      case "SASolverScheduler" -> new StochasticAdams(2, 2, true);
      case "LCMScheduler", "TCDScheduler" -> new Distilled(50);
      default -> new None();
    };
  }

  private static void checkOrder(String option, int order, int most) {
    if (order < 1 || order > most) {
      throw new InvalidRequestException(option + " must be from 1 to " + most + ", got " + order);
    }
  }
}
