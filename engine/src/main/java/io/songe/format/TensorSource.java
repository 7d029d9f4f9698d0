package io.songe.format;

import java.util.Map;
import java.util.SequencedSet;

/**
 * Named tensors that can be read: one file, or several that belong together.
 *
 * <p>A source owns the memory its tensors lie in. Closing it ends them: a later access through a
 * {@link StoredTensor} throws {@link IllegalStateException}, and a libtorch tensor made from its
 * address without a copy would read memory that is gone and bring the process down. Close the
 * source after the model. May be read by several threads.
 */
public interface TensorSource extends AutoCloseable {
  /** {@return the names of all tensors, in the order in which their data lie in the file} */
  SequencedSet<String> names();

  /**
   * What one tensor is. Costs nothing, whatever the form of the file.
   *
   * @param name one of {@link #names}
   * @return its type, shape and size
   * @throws io.songe.error.BrokenFileException if there is no tensor of that name
   * @throws IllegalStateException if the source is closed
   */
  default TensorInfo describe(String name) {
    StoredTensor tensor = get(name);
    return new TensorInfo(name, tensor.dtype(), tensor.shape(), tensor.data().byteSize());
  }

  /**
   * One tensor. Without a copy where the file holds its elements as they are; where it holds them
   * quantised, compressed or in another order, they are put into memory of their own at each call.
   *
   * @param name one of {@link #names}
   * @return its type, shape and bytes
   * @throws io.songe.error.BrokenFileException if there is no tensor of that name
   * @throws IllegalStateException if the source is closed
   */
  StoredTensor get(String name);

  /** {@return the free text stored beside the tensors, by key; empty if there is none} */
  Map<String, String> metadata();

  /** Frees the memory, and with it every tensor that came from here. A second call does nothing. */
  @Override
  void close();
}
