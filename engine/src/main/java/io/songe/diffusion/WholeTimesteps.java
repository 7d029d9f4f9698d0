package io.songe.diffusion;

/**
 * The whole timesteps within a schedule's range, counted from 0 for the least level.
 *
 * @param schedule whose levels they have
 * @param lowest timestep of the schedule's least level
 * @param count how many there are
 */
record WholeTimesteps(NoiseSchedule schedule, long lowest, long count) {
  static WholeTimesteps of(NoiseSchedule schedule) {
    long lowest = Math.round(schedule.timestep(schedule.sigmaMin()));
    long highest = Math.round(schedule.timestep(schedule.sigmaMax()));
    return new WholeTimesteps(schedule, lowest, highest - lowest + 1);
  }

  /** The level of a timestep. */
  double sigma(long index) {
    return schedule.sigma((double) (lowest + index));
  }
}
