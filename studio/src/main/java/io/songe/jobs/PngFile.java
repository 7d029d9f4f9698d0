package io.songe.jobs;

import io.songe.file.AtomicFile;
import io.songe.file.FileLabel;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** PNG files of our own, of which nobody ever sees half. */
final class PngFile {
  private PngFile() {}

  /**
   * Writes a file, which is on the disk when this returns.
   *
   * @throws io.songe.error.BrokenFileException if that fails: then nothing of it is there
   */
  static void write(Path file, Png png) {
    byte[] bytes = png.encode();
    try {
      Files.createDirectories(file.resolveSibling("."));
      AtomicFile.write(file, AtomicFile.Content.of(bytes));
    } catch (IOException failed) {
      throw FileLabel.of(file)
          .broken(
              "cannot be written: "
                  + FileLabel.reason(failed)
                  + "; make room on the disk, and try again",
              failed);
    }
  }

  /**
   * {@return what is in a file, empty if there is none}
   *
   * @throws io.songe.error.BrokenFileException if it was damaged or cannot be read
   */
  static Optional<Png> read(Path file) {
    FileLabel label = FileLabel.of(file);
    try {
      return Optional.of(Png.decode(Files.readAllBytes(file), label.text(), PngLimits.DEFAULT));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw label.unreadable(unreadable);
    }
  }
}
