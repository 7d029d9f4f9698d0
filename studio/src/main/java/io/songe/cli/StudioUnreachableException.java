package io.songe.cli;

/** A studio that runs does not answer as it should; trying again later may help. */
final class StudioUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StudioUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
