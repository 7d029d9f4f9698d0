package io.songe.jobs;

/**
 * How much the queue takes.
 *
 * @param waiting how many jobs may wait, of all users
 * @param waitingOfOne how many of one user
 * @param kept how many jobs that are over are remembered
 */
public record QueueLimits(int waiting, int waitingOfOne, int kept) {
  /** For a machine of one's own. */
  public static final QueueLimits USUAL = new QueueLimits(2000, 1000, 5000);
}
