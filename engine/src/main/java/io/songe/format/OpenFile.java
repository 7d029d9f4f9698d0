package io.songe.format;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A file's bytes in memory, until they are closed: mapped, whatever their number, or read into
 * native memory where the file lies inside an archive.
 */
final class OpenFile implements AutoCloseable {
  private static final long LARGEST_UNMAPPED = 1L << 30;
  private static final int BUFFER = 1 << 20;

  private final FileLabel label;
  private final Arena arena;
  private final MemorySegment bytes;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OpenFile(FileLabel label, Arena arena, MemorySegment bytes) {
    this.label = label;
    this.arena = arena;
    this.bytes = bytes;
  }

  /**
   * Opens a file and hands it to a reader. If that fails, the file is closed again.
   *
   * @param file on disk or inside an archive's file system
   * @param reader makes of it what will own it
   * @throws BrokenFileException if the file cannot be opened, or what the reader throws
   */
  static <T> T open(Path file, Function<OpenFile, T> reader) {
    FileLabel label = FileLabel.of(file);
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try {
      T result = reader.apply(new OpenFile(label, arena, load(file, label, arena)));
      opened = true;
      return result;
    } catch (IOException failure) {
      throw label.unreadable(failure);
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  private static MemorySegment load(Path file, FileLabel label, Arena arena) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw label.broken("is not a file; give the file with the weights itself");
    }
    if (file.getFileSystem().equals(FileSystems.getDefault())) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      }
    }
    long size = Files.size(file);
    if (size > LARGEST_UNMAPPED) {
      throw label.broken(
          "has %d bytes, more than the %d that are read from inside an archive; unpack the archive"
              .formatted(size, LARGEST_UNMAPPED));
    }
    MemorySegment bytes = arena.allocate(size, Long.BYTES);
    try (ReadableByteChannel channel = Files.newByteChannel(file)) {
      long position = 0;
      while (position < size) {
        long step = Math.min(BUFFER, size - position);
        int count = channel.read(bytes.asSlice(position, step).asByteBuffer());
        if (count < 0) {
          throw label.broken(
              "is truncated: %d of %d bytes are there; download it again"
                  .formatted(position, size));
        }
        position += count;
      }
    }
    return bytes.asReadOnly();
  }

  /** {@return how messages call it} */
  FileLabel label() {
    return label;
  }

  /** {@return all of it, read-only, until it is closed} */
  MemorySegment bytes() {
    return bytes;
  }

  /**
   * One of the tensors in it.
   *
   * @param tensors by name
   * @return the one of that name
   * @throws BrokenFileException if there is none
   * @throws IllegalStateException if the file is closed
   */
  <T> T find(Map<String, T> tensors, String name) {
    if (closed.get()) {
      throw new IllegalStateException(label.text() + " is closed");
    }
    T tensor = tensors.get(name);
    if (tensor == null) {
      throw label.broken(
          "has no tensor %s; is it another model's file?".formatted(FileLabel.quote(name)));
    }
    return tensor;
  }

  /** Frees the memory. A second call does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arena.close();
    }
  }
}
