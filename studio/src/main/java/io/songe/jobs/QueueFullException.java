package io.songe.jobs;

import java.time.Duration;

/** There is no place in the queue now. */
public final class QueueFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Duration retryAfter;

  /**
   * A refusal.
   *
   * @param message what is full, and what to do
   * @param retryAfter when there is likely to be a place
   */
  public QueueFullException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** {@return when there is likely to be a place} */
  public Duration retryAfter() {
    return retryAfter;
  }
}
