package io.songe.checkpoint.adapter;

import java.nio.file.Path;

/** What adapters are called by. */
final class AdapterFile {
  private AdapterFile() {}

  /** {@return a file's name without its extension} */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
