package io.songe.format;

import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a model's file wholly or not at all. */
final class ModelFile {
  private ModelFile() {}

  /**
   * Writes a file.
   *
   * @throws io.songe.error.BrokenFileException if that fails, with nothing left behind and an older
   *     target untouched
   */
  static void write(Path target, AtomicFile.Content content) {
    try {
      AtomicFile.write(target, content);
    } catch (IOException failure) {
      FileLabel label = FileLabel.of(target);
      throw label.broken(
          "could not be written (%s), nothing of it is left; free some space or choose another folder"
              .formatted(FileLabel.reason(failure)),
          failure);
    }
  }
}
