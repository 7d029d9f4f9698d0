package io.songe.file;

import io.songe.error.BrokenFileException;
import java.io.IOException;
import java.nio.file.Path;

/** The fingerprint of a file. */
public final class FileHash {
  private FileHash() {}

  /**
   * Hashes a file.
   *
   * @param file any file
   * @return its SHA-256 in hexadecimal digits
   * @throws BrokenFileException if it cannot be read
   */
  public static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException unreadable) {
      throw FileLabel.of(file).unreadable(unreadable);
    }
  }
}
