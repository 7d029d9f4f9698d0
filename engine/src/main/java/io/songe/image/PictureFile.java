package io.songe.image;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.AtomicFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a picture's file wholly or not at all. */
final class PictureFile {
  private PictureFile() {}

  /**
   * Writes a file.
   *
   * @throws InvalidRequestException if the folder does not exist or the name is a folder's
   * @throws BrokenFileException if the file cannot be written; a file that was there is untouched
   */
  static void write(Path file, AtomicFile.Content content) {
    if (Files.isDirectory(file)) {
      throw new InvalidRequestException(
          "%s is a folder; give the name of a file in it, such as %s"
              .formatted(file, file.resolve("picture.png")));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InvalidRequestException(
          "%s cannot be written: there is no folder %s; create it first".formatted(file, folder));
    }
    try {
      AtomicFile.write(file, content);
    } catch (IOException failure) {
      throw new BrokenFileException(
          "%s cannot be written: %s".formatted(file, reason(failure, folder)), failure);
    }
  }

  private static String reason(IOException failure, Path folder) {
    if (failure instanceof AccessDeniedException) {
      return "writing in the folder " + folder + " is not permitted; choose another or change it";
    }
    return failure.getMessage() + "; is there room on the disk, and may it be written to?";
  }
}
