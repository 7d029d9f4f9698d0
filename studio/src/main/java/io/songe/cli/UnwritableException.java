package io.songe.cli;

/** Output that cannot be written: no permission, no room. The message says where and why. */
final class UnwritableException extends RuntimeException {
  UnwritableException(String message, Throwable cause) {
    super(message, cause);
  }
}
