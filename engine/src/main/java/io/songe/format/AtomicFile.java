package io.songe.format;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file wholly or not at all: under a temporary name in the same folder, forced to the
 * disk, then renamed over the target. Who reads the target sees the old file or the new one.
 */
final class AtomicFile {
  /** What writes the bytes. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  private AtomicFile() {}

  /**
   * Writes a file.
   *
   * @throws io.songe.error.BrokenFileException if that fails, with nothing left behind and an older
   *     target untouched
   */
  static void write(Path target, Content content) {
    FileLabel label = FileLabel.of(target);
    Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw label.broken(
          "could not be written (%s), nothing of it is left; free some space or choose another folder"
              .formatted(FileLabel.reason(failure)),
          failure);
    } finally {
      discard(part);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException ignored) {
      // The failure that left the part behind is already on its way to the caller.
    }
  }
}
