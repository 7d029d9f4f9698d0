package io.songe.diffusion;

import java.util.Arrays;

/**
 * A schedule that tells the network chosen timesteps at the listed levels, and elsewhere what
 * another schedule tells. Solvers round timesteps, or interpolate them in their own way: what the
 * network is told then differs slightly from what the level alone would give.
 */
final class ListedTimesteps implements NoiseSchedule {
  private final double[] levels;
  private final double[] timesteps;
  private final NoiseSchedule elsewhere;

  /**
   * A schedule.
   *
   * @param levels falling noise levels
   * @param timesteps what the network is told at each
   * @param elsewhere the schedule for other levels
   */
  ListedTimesteps(double[] levels, double[] timesteps, NoiseSchedule elsewhere) {
    this.levels = levels.clone();
    this.timesteps = timesteps.clone();
    this.elsewhere = elsewhere;
  }

  @Override
  public double sigmaMin() {
    return elsewhere.sigmaMin();
  }

  @Override
  public double sigmaMax() {
    return elsewhere.sigmaMax();
  }

  @Override
  public double timestep(double sigma) {
    for (int i = 0; i < levels.length; i++) {
      if (levels[i] == sigma) {
        return timesteps[i];
      }
    }
    return elsewhere.timestep(sigma);
  }

  @Override
  public double sigma(double timestep) {
    return elsewhere.sigma(timestep);
  }

  @Override
  public String toString() {
    return "ListedTimesteps" + Arrays.toString(timesteps);
  }
}
