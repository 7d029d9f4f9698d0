package io.songe.format.torch;

import io.songe.file.FileLabel;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The tensors of a file written by PyTorch's {@code torch.save}, in either of its two forms.
 *
 * @param tensors by name, in the order in which they lie in the file
 * @param metadata the texts and numbers that stand beside the tensors, such as {@code global_step}
 */
public record TorchCheckpoint(
    SequencedMap<String, TorchTensor> tensors, Map<String, String> metadata) {
  /** A checkpoint with its maps copied. */
  public TorchCheckpoint {
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a zip archive, as written since version 1.6. Its tensors are views of the file, where
   * they are not compressed.
   *
   * @param file all of its bytes
   * @param label how messages call it
   * @return what is in it; no tensor's elements were read
   * @throws io.songe.error.BrokenFileException if it is malformed, holds no tensors, or names
   *     anything but tensors and plain containers
   */
  public static TorchCheckpoint readZip(MemorySegment file, FileLabel label) {
    return ZipCheckpoint.read(file, label);
  }

  /**
   * Reads a file that begins with a pickle, as written before version 1.6.
   *
   * @param file all of its bytes
   * @param label how messages call it
   * @return what is in it; no tensor's elements were read
   * @throws io.songe.error.BrokenFileException as {@link #readZip}
   */
  public static TorchCheckpoint readLegacy(MemorySegment file, FileLabel label) {
    return LegacyCheckpoint.read(file, label);
  }
}
