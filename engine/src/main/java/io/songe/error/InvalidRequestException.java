package io.songe.error;

/**
 * A request that cannot be carried out as it was asked: a wrong size, an unknown sampler, an empty
 * prompt. Thrown before any work is done.
 */
public final class InvalidRequestException extends RuntimeException {
  /**
   * A mistake in what was asked.
   *
   * @param message what was wrong, the value, and what to do
   */
  public InvalidRequestException(String message) {
    super(message);
  }

  /**
   * A mistake in what was asked.
   *
   * @param message what was wrong, the value, and what to do
   * @param cause what was underneath
   */
  public InvalidRequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
