package io.songe.diffusion;

/** How timesteps are spaced over a training schedule. Lin et al. 2023, table 2. */
public enum TimestepSpacing {
  /** Equally from the last timestep to the first, both included. */
  LINSPACE,
  /** Multiples of a stride, counted from the first timestep: the last timestep is not reached. */
  LEADING,
  /** Multiples of a stride, counted from the last timestep: the first is not reached. */
  TRAILING,
  /** Nothing was said: the {@link StepGrid} of the sampler decides. */
  UNSPECIFIED
}
