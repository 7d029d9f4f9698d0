package io.songe.diffusion.sampler;

import io.songe.diffusion.Sigmas;
import io.songe.error.EngineException;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.TensorOwner;
import java.util.concurrent.CancellationException;

/**
 * What all samplers do between their formulas: it keeps the sample from step to step and frees its
 * predecessors, tells the listener, and stops when the thread is interrupted. Each step computes in
 * a scope of its own, so that memory does not grow with their number.
 */
final class Trajectory implements AutoCloseable {
  private final Sigmas sigmas;
  private final StepListener listener;
  private Tensor x;
  private Tensor denoised;
  private TensorOwner owner = new TensorOwner();
  private int step;

  /**
   * A trajectory at its first level.
   *
   * @param x where it starts; belongs to the caller
   * @param sigmas the levels
   * @param listener hears of every step
   */
  Trajectory(Tensor x, Sigmas sigmas, StepListener listener) {
    this.x = x;
    this.denoised = x;
    this.sigmas = sigmas;
    this.listener = listener;
  }

  /** {@return the scope of the next step, unless the thread was interrupted} */
  Scope step() {
    if (Thread.interrupted()) {
      throw new CancellationException(
          "sampling was cancelled before step " + (step + 1) + " of " + sigmas.steps());
    }
    return Scope.open();
  }

  /** {@return where the last step arrived} */
  Tensor x() {
    return x;
  }

  /** {@return the estimate that the last step started with; before the first step the start} */
  Tensor lastDenoised() {
    return denoised;
  }

  /** Ends a step. */
  void moveTo(Tensor next, Tensor estimate) {
    if (!next.isFinite()) {
      throw new EngineException(
          "step "
              + (step + 1)
              + " of "
              + sigmas.steps()
              + ", from noise level "
              + sigmas.at(step)
              + " to "
              + sigmas.at(step + 1)
              + ", gave numbers that are not finite; compute in FLOAT32 if it was in a shorter"
              + " type, else the model's file is damaged or its prediction type is another");
    }
    TensorOwner newOwner = new TensorOwner();
    TensorOwner oldOwner = owner;
    owner = newOwner;
    x = newOwner.own(next);
    denoised = newOwner.own(estimate);
    oldOwner.close();
    step++;
    listener.stepped(step, sigmas.steps(), x, denoised);
  }

  /** {@return where the last step arrived, in the scope of the caller} */
  Tensor end() {
    try (Scope scope = Scope.open()) {
      return scope.keep(x);
    }
  }

  @Override
  public void close() {
    owner.close();
  }
}
