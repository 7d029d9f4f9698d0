package io.songe.architecture.wrong.pipeline;

/** Wrong: progress goes out through a listener. */
public final class Prints {
  private Prints() {}

  static void progress() {
    System.out.println("half done");
  }
}
