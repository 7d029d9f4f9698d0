package io.songe.format.torch;

import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * One tensor of a checkpoint, whose elements have not been touched yet.
 *
 * @param name its path through the checkpoint's dictionaries, with dots between
 * @param dtype the type of one element
 * @param shape the extents, outermost first
 * @param data gives the elements' bytes, row-major, little-endian, without gaps: a view of the file
 *     where they lie there so, otherwise a copy on the heap, new each time
 */
public record TorchTensor(String name, DType dtype, Shape shape, Supplier<MemorySegment> data) {
  /** {@return the size of the elements in bytes} */
  public long bytes() {
    return shape.elements() * dtype.bytes();
  }
}
