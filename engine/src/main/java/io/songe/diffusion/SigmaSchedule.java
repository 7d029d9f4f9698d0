package io.songe.diffusion;

/** How noise levels are chosen: by timesteps, as the network was trained, or along a curve. */
public sealed interface SigmaSchedule {
  /** As the model's own {@code scheduler_config.json} says. */
  record Model() implements SigmaSchedule {}

  /**
   * The levels of timesteps that lie so in the training schedule; a {@link StepGrid} says exactly
   * where.
   *
   * @param spacing how the timesteps are spaced
   */
  record Spaced(TimestepSpacing spacing) implements SigmaSchedule {}

  /**
   * Levels along a curve.
   *
   * @param curve how they fall
   */
  record Curved(SigmaCurve curve) implements SigmaSchedule {}
}
