package io.songe.diffusion.sampler;

import io.songe.diffusion.Sigmas;
import io.songe.error.EngineException;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.TensorOwner;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/**
 * What all samplers do between their formulas: it keeps the sample from step to step and frees its
 * predecessors, tells the listener, and stops when the thread is interrupted. Each step computes in
 * a scope of its own, so that memory does not grow with their number.
 */
final class Trajectory implements AutoCloseable {
  /** Levels that went through a logarithm and back are equal if they differ by less than this. */
  private static final double ROUNDING = 1e-9;

  private final List<Step> steps;
  private final StepListener listener;
  private Tensor x;
  private Tensor denoised;
  private Tensor carried;
  private TensorOwner owner = new TensorOwner();
  private int step;

  /**
   * From one noise level to another.
   *
   * @param from where the step starts
   * @param to where it ends
   */
  record Step(double from, double to) {}

  /**
   * A trajectory at its first level.
   *
   * @param x where it starts; belongs to the caller
   * @param sigmas the levels
   * @param listener hears of every step
   */
  Trajectory(Tensor x, Sigmas sigmas, StepListener listener) {
    this(x, steps(sigmas), listener);
  }

  /**
   * A trajectory whose steps need not begin where the ones before them ended.
   *
   * @param x where it starts; belongs to the caller
   * @param steps all steps, at least one
   * @param listener hears of every step
   */
  Trajectory(Tensor x, List<Step> steps, StepListener listener) {
    this.x = x;
    this.denoised = x;
    this.carried = x;
    this.steps = List.copyOf(steps);
    this.listener = listener;
  }

  private static List<Step> steps(Sigmas sigmas) {
    return IntStream.range(0, sigmas.steps())
        .mapToObj(i -> new Step(sigmas.at(i), sigmas.at(i + 1)))
        .toList();
  }

  /** {@return the scope of the next step, unless the thread was interrupted} */
  Scope step() {
    if (Thread.interrupted()) {
      throw new CancellationException(
          "sampling was cancelled before step " + (step + 1) + " of " + steps.size());
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

  /** {@return what the last step handed on; its estimate unless it said otherwise} */
  Tensor carried() {
    return carried;
  }

  /** Ends a step. */
  void moveTo(Tensor next, Tensor estimate) {
    moveTo(next, estimate, estimate);
  }

  /** Ends a step that hands something on to the next. */
  void moveTo(Tensor next, Tensor estimate, Tensor carry) {
    arrive(next, estimate, carry);
    step++;
    listener.stepped(step, steps.size(), x, denoised);
  }

  /**
   * Ends a step of a solver that chooses its steps itself. The listed ones count as made when their
   * ends have been passed: the listener hears how many those are, if they have become more.
   */
  void reach(double level, Tensor next, Tensor estimate, Tensor carry) {
    arrive(next, estimate, carry);
    int before = step;
    while (step < steps.size() && steps.get(step).to() >= level * (1 - ROUNDING)) {
      step++;
    }
    if (step > before) {
      listener.stepped(step, steps.size(), x, denoised);
    }
  }

  private void arrive(Tensor next, Tensor estimate, Tensor carry) {
    requireFinite(next);
    TensorOwner newOwner = new TensorOwner();
    TensorOwner oldOwner = owner;
    owner = newOwner;
    x = newOwner.own(next);
    denoised = newOwner.own(estimate);
    carried = newOwner.own(carry);
    oldOwner.close();
  }

  /** Refuses what a step gave unless all of it is finite. */
  void requireFinite(Tensor next) {
    if (!next.isFinite()) {
      Step failed = steps.get(step);
      throw new EngineException(
          "step "
              + (step + 1)
              + " of "
              + steps.size()
              + ", from noise level "
              + failed.from()
              + " to "
              + failed.to()
              + ", gave numbers that are not finite; compute in FLOAT32 if it was in a shorter"
              + " type, else the model's file is damaged or its prediction type is another");
    }
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
