package io.songe.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A file, or a folder with all that is in it. */
public final class FileTree {
  private FileTree() {}

  /**
   * Deletes it; does nothing where there is none.
   *
   * @param tree a file or a folder; links in it are deleted, and not followed
   * @throws IOException if something in it stays
   */
  public static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(tree)) {
      for (Path path : inside.toList().reversed()) {
        Files.delete(path);
      }
    }
  }
}
