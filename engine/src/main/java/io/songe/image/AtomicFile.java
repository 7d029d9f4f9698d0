package io.songe.image;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writing a file so that no one ever sees half of it, not even after a crash. */
final class AtomicFile {
  private AtomicFile() {}

  /** What goes into the file. */
  @FunctionalInterface
  interface Content {
    /** Writes all of it; need not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes under a temporary name in the same folder, then renames. On failure the temporary file
   * is removed and a file that was there before is untouched.
   *
   * @throws InvalidRequestException if the folder does not exist or the name is a folder's
   * @throws BrokenFileException if the file cannot be written
   */
  static void write(Path file, Content content) {
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
    // The name has only to be free, which CREATE_NEW sees to; another process may write here too.
    String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path temporary = folder.resolve(".songe-" + unique + ".part");
    try {
      try {
        writeNew(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException failure) {
      throw new BrokenFileException(
          "%s cannot be written: %s".formatted(file, reason(failure, folder)), failure);
    }
  }

  private static void writeNew(Path temporary, Content content) throws IOException {
    try (var channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      content.writeTo(out);
      out.flush();
      // Without this, a crash after the rename could leave the new name with no content.
      channel.force(true);
    }
  }

  private static String reason(IOException failure, Path folder) {
    if (failure instanceof AccessDeniedException) {
      return "writing in the folder " + folder + " is not permitted; choose another or change it";
    }
    return failure.getMessage() + "; is there room on the disk, and may it be written to?";
  }
}
