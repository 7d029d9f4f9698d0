package io.songe.error;

/** A defect of Songe itself, such as an operation called with shapes that do not fit. */
public final class EngineException extends RuntimeException {
  /**
   * A defect of Songe.
   *
   * @param message which operation failed, on what, and why
   */
  public EngineException(String message) {
    super(message);
  }

  /**
   * A defect of Songe.
   *
   * @param message which operation failed, on what, and why
   * @param cause what was underneath
   */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
