package io.songe.format;

import io.songe.error.EngineException;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A named tensor as bytes: row-major, little-endian, without gaps.
 *
 * <p>From a {@link TensorSource} the bytes are a read-only view of the source's own memory, without
 * a copy, and live only until the source is closed. They need not be aligned to the element's size
 * (see {@link #isAligned}): read them with the unaligned layouts of {@link
 * java.lang.foreign.ValueLayout}, or use {@link #toTensor}, which copies where alignment is needed.
 *
 * @param name the name in the file
 * @param dtype the type of one element
 * @param shape the extents, outermost first
 * @param data exactly the elements' bytes, in native or heap memory
 */
public record StoredTensor(String name, DType dtype, Shape shape, MemorySegment data) {
  /**
   * A named tensor as bytes.
   *
   * @throws EngineException if the data are not as long as shape and dtype say
   */
  public StoredTensor {
    if (data.byteSize() != shape.elements() * dtype.bytes()) {
      throw new EngineException(
          "tensor %s of %s %s needs %d bytes, got %d"
              .formatted(name, dtype, shape, shape.elements() * dtype.bytes(), data.byteSize()));
    }
  }

  /**
   * The same tensor under another name.
   *
   * @param other the name
   * @return a tensor that shares the bytes
   */
  public StoredTensor named(String other) {
    return new StoredTensor(other, dtype, shape, data);
  }

  /**
   * These bytes as a tensor, in the current scope. Without a copy where they are aligned native
   * memory, which must then outlive the tensor and all that shares its memory; otherwise copied.
   *
   * @return a tensor of this shape and type, not to be written to
   */
  public Tensor toTensor() {
    if (data.isNative() && isAligned()) {
      return Tensor.fromMemory(data, dtype, shape);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment aligned = arena.allocate(data.byteSize(), dtype.bytes()).copyFrom(data);
      return Tensor.fromMemory(aligned, dtype, shape).copy();
    }
  }

  /**
   * {@return whether the data begin at a multiple of the element's size} True for all tensors of
   * files written by {@link SafetensorsWriter} or a recent reference library; old files may differ.
   */
  public boolean isAligned() {
    return data.byteSize() == 0 || data.maxByteAlignment() >= dtype.bytes();
  }
}
