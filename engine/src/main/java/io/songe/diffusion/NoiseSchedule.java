package io.songe.diffusion;

/**
 * The noise levels that a network was trained with, and the timestep by which it is told each. A
 * noisy sample is {@code x = x0 + sigma * noise}; what else a schedule scales by is the business of
 * {@link Prediction}.
 */
public interface NoiseSchedule {
  /** {@return the least noise level, in units of the sample, above 0} */
  double sigmaMin();

  /** {@return the greatest noise level, in units of the sample} */
  double sigmaMax();

  /**
   * What the network is told at a noise level.
   *
   * @param sigma a noise level; beyond the range it is taken for the nearest end
   * @return the timestep, in units of the training schedule; need not be whole
   */
  double timestep(double sigma);

  /**
   * The noise level of a timestep.
   *
   * @param timestep in units of the training schedule; beyond the range it is taken for the nearest
   *     end
   * @return the noise level
   */
  double sigma(double timestep);
}
