package io.songe.tensor;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/**
 * Holds tensors that outlive scopes, such as a model's weights, until it is closed. Safe for use by
 * several threads; closing twice does nothing.
 */
public final class TensorOwner implements AutoCloseable {
  private final List<Pointer> owned = new ArrayList<>();

  /** An owner of nothing yet. */
  public TensorOwner() {}

  /**
   * Takes a tensor over from the scope in which it was made.
   *
   * @param tensor any tensor
   * @return the same tensor, alive until this owner is closed
   */
  public Tensor own(Tensor tensor) {
    own(tensor.torch);
    return tensor;
  }

  /** Takes over anything native that tensors are used with, such as an operation's argument. */
  synchronized <P extends Pointer> P own(P pointer) {
    pointer.retainReference();
    owned.add(pointer);
    return pointer;
  }

  @Override
  public synchronized void close() {
    owned.forEach(Pointer::releaseReference);
    owned.clear();
  }
}
