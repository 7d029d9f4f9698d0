package io.songe.architecture.wrong.tensor;

/** Something to be used, rightly or wrongly. */
public final class Numbers {
  /** Nothing in it. */
  public Numbers() {}
}
