package io.songe.tensor;

import io.songe.error.EngineException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of computation on one thread: the tensors made inside are freed when it is closed,
 * except those that were {@linkplain #keep kept}. Scopes nest; close them in reverse order, by
 * try-with-resources.
 *
 * <p>Open one for each request and one for each step: the garbage collector does not see the native
 * memory behind a tensor. A scope must be used on a platform thread, since libtorch keeps its
 * settings by thread.
 */
public final class Scope implements AutoCloseable {
  private final @Nullable PointerScope outer;
  private final PointerScope memory;
  private final boolean gradientsBefore;

  private Scope(boolean gradients) {
    if (Thread.currentThread().isVirtual()) {
      throw new EngineException(
          "tensors are computed on platform threads, and this is a virtual thread; hand the work"
              + " to an executor of platform threads");
    }
    Backend.load();
    Backend.applyThreads();
    outer = PointerScope.getInnerScope();
    memory = new PointerScope();
    gradientsBefore = GradMode.is_enabled();
    GradMode.set_enabled(gradients);
  }

  /** {@return a scope for inference: operations inside record nothing for gradients} */
  public static Scope open() {
    return new Scope(false);
  }

  /** {@return a scope for training: operations inside record what gradients need} */
  public static Scope withGradients() {
    return new Scope(true);
  }

  /**
   * A scope for one part of a longer computation, such as a block of a network: what the part made
   * on the way is freed before the next part begins. Gradients stay as the enclosing scope has
   * them.
   *
   * @return a scope inside the present one
   */
  public static Scope inner() {
    Backend.load();
    return new Scope(GradMode.is_enabled());
  }

  /**
   * Hands a tensor on to the enclosing scope, or to the garbage collector where there is none.
   *
   * @param tensor made in this scope
   * @return the same tensor
   */
  public Tensor keep(Tensor tensor) {
    if (outer == null) {
      tensor.torch.retainReference();
    } else {
      outer.attach(tensor.torch);
    }
    return tensor;
  }

  @Override
  public void close() {
    GradMode.set_enabled(gradientsBefore);
    memory.close();
  }
}
