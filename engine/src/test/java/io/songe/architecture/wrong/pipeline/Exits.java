package io.songe.architecture.wrong.pipeline;

/** Wrong: a library must not end its user's process. */
public final class Exits {
  private Exits() {}

  static void giveUp() {
    System.exit(1);
  }
}
