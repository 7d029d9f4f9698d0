package io.songe.format;

import io.songe.error.BrokenFileException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

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
  private final OpenFile file;
  private final SequencedMap<String, StoredTensor> tensors;
  private final Map<String, String> metadata;

  private SafetensorsFile(OpenFile file, SafetensorsHeader header) {
    this.file = file;
    this.metadata = header.metadata();
    SequencedMap<String, StoredTensor> byName = new LinkedHashMap<>();
    for (SafetensorsHeader.Slot slot : header.slots()) {
      MemorySegment data =
          file.bytes().asSlice(header.dataStart() + slot.begin(), slot.end() - slot.begin());
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
    return OpenFile.open(file, SafetensorsFile::of);
  }

  static SafetensorsFile of(OpenFile file) {
    return new SafetensorsFile(file, SafetensorsHeader.read(file.bytes(), file.label()));
  }

  @Override
  public SequencedSet<String> names() {
    return tensors.sequencedKeySet();
  }

  @Override
  public StoredTensor get(String name) {
    return file.find(tensors, name);
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void close() {
    file.close();
  }
}
