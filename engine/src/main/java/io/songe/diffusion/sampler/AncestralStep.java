package io.songe.diffusion.sampler;

/**
 * A step to a noise level in two parts: down to below it without noise, then up to it with fresh
 * noise. {@code down^2 + up^2} is the square of the level. Ho et al. 2020, algorithm 2, in the
 * coordinates of Karras et al. 2022.
 *
 * @param down the level that the solver goes to
 * @param up standard deviation of the noise that is then added
 */
record AncestralStep(double down, double up) {
  /**
   * Divides a step.
   *
   * @param from where it starts
   * @param to where it ends, less than {@code from}
   * @param eta share of the noise that is fresh, in [0, 1]
   */
  static AncestralStep of(double from, double to, double eta) {
    double up = eta * to * Math.sqrt(1 - to * to / (from * from));
    return new AncestralStep(Math.sqrt(to * to - up * up), up);
  }
}
