package io.songe.train;

/** Writing that an interruption must not break off: files would be closed while written. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /**
   * Does some writing. If the thread was interrupted before, it is so again afterwards.
   *
   * @param writing is done to its end
   */
  public static void run(Runnable writing) {
    boolean interrupted = Thread.interrupted();
    try {
      writing.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
