package io.songe.format;

import io.songe.format.gguf.Dequantisation;
import io.songe.format.gguf.GgufHeader;
import io.songe.format.gguf.GgufTensor;
import io.songe.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * An open GGUF file. It is mapped; quantised tensors are turned into numbers when they are asked
 * for, into memory of their own, and others are views of the file. Do not shorten it while it is
 * open.
 */
public final class GgufFile implements TensorSource {
  private final OpenFile file;
  private final DType dequantised;
  private final SequencedMap<String, GgufTensor> tensors;
  private final Map<String, String> metadata;

  private GgufFile(OpenFile file, DType dequantised, GgufHeader header) {
    this.file = file;
    this.dequantised = dequantised;
    this.metadata = header.metadata();
    SequencedMap<String, GgufTensor> byName = new LinkedHashMap<>();
    header.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
    this.tensors = Collections.unmodifiableSequencedMap(byName);
  }

  /**
   * Opens a file and checks its header.
   *
   * @param file a GGUF file, on disk or inside an archive's file system
   * @param dequantised what quantised tensors become: FLOAT32 or BFLOAT16
   * @return the file, to be closed when nothing uses its tensors any more
   * @throws io.songe.error.BrokenFileException if it is missing, truncated or malformed, or has
   *     tensors of a type that is not read
   */
  public static GgufFile open(Path file, DType dequantised) {
    return OpenFile.open(file, opened -> of(opened, dequantised));
  }

  static GgufFile of(OpenFile file, DType dequantised) {
    if (dequantised != DType.FLOAT32 && dequantised != DType.BFLOAT16) {
      throw new IllegalArgumentException(
          "weights are dequantised to FLOAT32 or BFLOAT16, not to " + dequantised);
    }
    return new GgufFile(file, dequantised, GgufHeader.read(file.bytes(), file.label()));
  }

  @Override
  public SequencedSet<String> names() {
    return tensors.sequencedKeySet();
  }

  @Override
  public TensorInfo describe(String name) {
    GgufTensor tensor = file.find(tensors, name);
    return new TensorInfo(
        name, tensor.type().plain().orElse(dequantised), tensor.shape(), tensor.bytes());
  }

  @Override
  public StoredTensor get(String name) {
    GgufTensor tensor = file.find(tensors, name);
    MemorySegment data = file.bytes().asSlice(tensor.start(), tensor.bytes());
    return tensor
        .type()
        .plain()
        .map(dtype -> new StoredTensor(name, dtype, tensor.shape(), data))
        .orElseGet(() ->
            new StoredTensor(
                name,
                dequantised,
                tensor.shape(),
                Dequantisation.dequantise(tensor, data, dequantised)));
  }

  /** {@return the texts and numbers of the header; its lists are left out} */
  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public void close() {
    file.close();
  }
}
