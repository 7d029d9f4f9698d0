package io.songe.tensor;

import java.util.function.UnaryOperator;

/**
 * Hands a tensor from step to step of a long computation, and frees each as soon as the next is
 * there. Without it the results of all steps would live until the scope around them ends.
 */
public final class Relay implements AutoCloseable {
  private Tensor current;
  private TensorOwner owner = new TensorOwner();

  /**
   * Begins.
   *
   * @param first what the first step gets; not freed here
   */
  public Relay(Tensor first) {
    current = first;
  }

  /**
   * Does a step, in a scope of its own.
   *
   * @param step makes the next tensor of the present one, which is freed then
   */
  public void next(UnaryOperator<Tensor> step) {
    TensorOwner nextOwner = new TensorOwner();
    try (Scope _ = Scope.inner()) {
      current = nextOwner.own(step.apply(current));
    }
    owner.close();
    owner = nextOwner;
  }

  /**
   * Ends with a step whose result belongs to the scope around.
   *
   * @param step makes the last tensor of the present one
   * @return what it made
   */
  public Tensor last(UnaryOperator<Tensor> step) {
    try (Scope scope = Scope.inner()) {
      return scope.keep(step.apply(current));
    }
  }

  /** Frees the present tensor; a second call does nothing. */
  @Override
  public void close() {
    owner.close();
  }
}
