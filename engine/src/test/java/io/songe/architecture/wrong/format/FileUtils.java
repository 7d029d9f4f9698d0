package io.songe.architecture.wrong.format;

import io.songe.architecture.wrong.error.Refused;

/** Wrong twice: its name, and its package has no package-info.java. */
public final class FileUtils {
  private FileUtils() {}

  static Refused refusal() {
    return new Refused();
  }
}
