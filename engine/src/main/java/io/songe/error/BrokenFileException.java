package io.songe.error;

/**
 * A file or folder that cannot be used: missing, truncated, altered, hostile, of an unknown
 * architecture, or that cannot be written. The message names the file.
 */
public final class BrokenFileException extends RuntimeException {
  /**
   * A file that cannot be used.
   *
   * @param message which file, what is wrong with it, and what to do
   */
  public BrokenFileException(String message) {
    super(message);
  }

  /**
   * A file that cannot be used.
   *
   * @param message which file, what is wrong with it, and what to do
   * @param cause what was underneath
   */
  public BrokenFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
