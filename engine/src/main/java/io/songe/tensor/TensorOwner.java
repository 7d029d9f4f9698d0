package io.songe.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Holds tensors that outlive scopes, such as a model's weights, until it is closed. Safe for use by
 * several threads; closing twice does nothing.
 */
public final class TensorOwner implements AutoCloseable {
  private final List<Tensor> owned = new ArrayList<>();

  /** An owner of nothing yet. */
  public TensorOwner() {}

  /**
   * Takes a tensor over from the scope in which it was made.
   *
   * @param tensor any tensor
   * @return the same tensor, alive until this owner is closed
   */
  public synchronized Tensor own(Tensor tensor) {
    tensor.torch.retainReference();
    owned.add(tensor);
    return tensor;
  }

  @Override
  public synchronized void close() {
    owned.forEach(tensor -> tensor.torch.releaseReference());
    owned.clear();
  }
}
