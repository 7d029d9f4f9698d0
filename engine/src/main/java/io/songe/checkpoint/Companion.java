package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a model's folder that is taken over as it is. */
@FunctionalInterface
public interface Companion {
  /**
   * Opens it.
   *
   * @return its bytes, to be closed
   * @throws BrokenFileException if it cannot be read
   */
  InputStream open();

  /**
   * A file on disk or in an archive.
   *
   * @param file to be read when the model is written
   * @return the companion
   */
  static Companion of(Path file) {
    return () -> {
      try {
        return Files.newInputStream(file);
      } catch (IOException failure) {
        throw FileLabel.of(file).unreadable(failure);
      }
    };
  }

  /**
   * A file that is nowhere yet.
   *
   * @param bytes not to be changed any more
   * @return the companion
   */
  static Companion of(byte[] bytes) {
    return () -> new ByteArrayInputStream(bytes);
  }
}
