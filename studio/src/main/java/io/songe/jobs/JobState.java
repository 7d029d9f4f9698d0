package io.songe.jobs;

/** Where a job is in its life. */
public enum JobState {
  /** Waits for its turn. */
  QUEUED,
  /** Waits until it is released. */
  HELD,
  /** Is being drawn. */
  RUNNING,
  /** All its pictures are there. */
  FINISHED,
  /** Could not be drawn; the job says why. */
  FAILED,
  /** Was given up before it was finished; pictures that were done stay. */
  CANCELLED;

  /** {@return whether nothing more will happen to it by itself} */
  public boolean isOver() {
    return this == FINISHED || this == FAILED || this == CANCELLED;
  }
}
