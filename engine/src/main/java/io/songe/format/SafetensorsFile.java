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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open safetensors file. On disk it is mapped, whatever its size: opening reads the header
 * alone, and a tensor costs no copy. Inside an archive (a model bundled in a jar) its bytes are
 * read into native memory instead, at most 1 GiB.
 *
 * <p>The header is checked completely (see the specification at <a
 * href="https://github.com/huggingface/safetensors">huggingface/safetensors</a>, format): more
 * strictly than the reference library does, which lets repeated names pass. The format holds no
 * checksum, so a bit that flipped in the data cannot be seen here. Do not shorten the file while it
 * is open: the system would kill the process at the next access.
 */
public final class SafetensorsFile implements TensorSource {
  private static final long LARGEST_UNMAPPED = 1L << 30;
  private static final int BUFFER = 1 << 20;

  private final FileLabel label;
  private final Arena arena;
  private final SequencedMap<String, StoredTensor> tensors;
  private final Map<String, String> metadata;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SafetensorsFile(
      FileLabel label, Arena arena, MemorySegment file, SafetensorsHeader header) {
    this.label = label;
    this.arena = arena;
    this.metadata = header.metadata();
    SequencedMap<String, StoredTensor> byName = new LinkedHashMap<>();
    for (SafetensorsHeader.Slot slot : header.slots()) {
      MemorySegment data =
          file.asSlice(header.dataStart() + slot.begin(), slot.end() - slot.begin());
      byName.put(slot.name(), new StoredTensor(slot.name(), slot.dtype(), slot.shape(), data));
    }
    this.tensors = Collections.unmodifiableSequencedMap(byName);
  }

  /**
   * Opens a file and checks its header.
   *
   * @param file a safetensors file, on disk or inside an archive's file system
   * @return the file, to be closed when nothing uses its tensors any more
   * @throws BrokenFileException if it is missing, truncated or malformed
   */
  public static SafetensorsFile open(Path file) {
    FileLabel label = FileLabel.of(file);
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try {
      MemorySegment bytes = load(file, label, arena);
      SafetensorsFile result =
          new SafetensorsFile(label, arena, bytes, SafetensorsHeader.read(bytes, label));
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
      throw label.broken("is not a file; give the .safetensors file itself");
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

  @Override
  public SequencedSet<String> names() {
    return tensors.sequencedKeySet();
  }

  @Override
  public StoredTensor get(String name) {
    if (closed.get()) {
      throw new IllegalStateException(label.text() + " is closed");
    }
    StoredTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw label.broken(
          "has no tensor %s; is it another model's file?".formatted(FileLabel.quote(name)));
    }
    return tensor;
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      arena.close();
    }
  }
}
