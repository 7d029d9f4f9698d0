package io.songe.architecture.wrong.error;

/** An exception that every package may throw. */
public final class Refused extends RuntimeException {
  /** A refusal. */
  public Refused() {}
}
