package io.songe.gallery;

import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Which pictures changed since the index was last saved. After a crash these files alone need to be
 * read again.
 */
final class Journal implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Journal open(Path file) {
    try {
      return new Journal(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND));
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /** {@return the places that were noted; the last line of a crash may be half a line} */
  List<Place> noted() {
    try {
      return Files.readString(file, StandardCharsets.UTF_8)
          .lines()
          .distinct()
          .map(Place::parse)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException unreadable) {
      throw FileLabel.of(file).unreadable(unreadable);
    }
  }

  /** Notes a picture that is about to change. */
  void note(Place place) {
    // Begins on a line of its own, also after half a line.
    ByteBuffer line =
        ByteBuffer.wrap(("\n" + place.path() + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(false);
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  /** Forgets all, since the index has it. */
  void clear() {
    try {
      channel.truncate(0);
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  private static RuntimeException unwritable(Path file, IOException failure) {
    return FileLabel.of(file)
        .broken(
            "cannot be written: "
                + FileLabel.reason(failure)
                + "; is there room on the disk, and may it be written to?",
            failure);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }
}
