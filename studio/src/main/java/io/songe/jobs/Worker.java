package io.songe.jobs;

/** A thread that has one job after the other drawn. */
public final class Worker implements AutoCloseable {
  private Worker() {}

  /**
   * Starts a worker.
   *
   * @param queue whose jobs
   * @param draftsman draws them
   */
  public static Worker start(JobQueue queue, Draftsman draftsman) {
    throw new IllegalStateException();
  }

  /** Stops: the job that runs goes back to the queue, what of it is drawn stays. */
  @Override
  public void close() {}
}
