package io.songe.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file so that no one ever sees half of it, not even after a crash: under a temporary name
 * in the same folder, forced to the disk, then renamed over the target.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of it.
     *
     * @param channel an empty file; is closed by whoever called
     * @throws IOException if it cannot be written
     */
    void writeTo(FileChannel channel) throws IOException;

    /**
     * {@return a content that is known already}
     *
     * @param bytes all of it; not copied
     */
    static Content of(byte[] bytes) {
      return channel -> {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      };
    }
  }

  /**
   * Writes a file.
   *
   * @param target its name; a file of that name is replaced
   * @param content its bytes
   * @param attributes what the file has from its first byte on, such as who may read it
   * @throws IOException if that fails: then nothing of it is left, and an older file is untouched
   */
  public static void write(Path target, Content content, FileAttribute<?>... attributes)
      throws IOException {
    // The target's name is no part of it: that may be as long as the file system allows.
    Path part = target.resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
        content.writeTo(channel);
        // Without this, a crash after the rename could leave the new name with no content.
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
