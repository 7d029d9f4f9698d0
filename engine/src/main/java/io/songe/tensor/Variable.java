package io.songe.tensor;

import static io.songe.tensor.Tensor.run;

import io.songe.error.EngineException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;

/**
 * A tensor that training changes: the only mutable one, with the same memory from its making to its
 * {@linkplain #close closing}. What is computed from its {@linkplain #value() value} in a
 * {@linkplain Scope#withGradients() scope for training} remembers how, so that {@link #backward}
 * can follow the way back and add up each variable's gradient.
 */
public final class Variable implements AutoCloseable {
  private final org.bytedeco.pytorch.Tensor torch;

  private Variable(org.bytedeco.pytorch.Tensor torch) {
    this.torch = torch;
    torch.retainReference();
  }

  /**
   * A variable that begins as a copy of a tensor.
   *
   * @param initial of any floating type; FLOAT32 is what optimizers expect
   * @return the variable, alive until it is closed
   */
  public static Variable of(Tensor initial) {
    try (Scope _ = Scope.open()) {
      org.bytedeco.pytorch.Tensor copy = laidOut(initial).copy().torch;
      copy.requires_grad_(true);
      return new Variable(copy);
    }
  }

  /**
   * Kernels of convolutions have their channels innermost, as gradients come: neither has to be
   * turned round then. An optimizer goes through several variables of one shape as through plain
   * rows of numbers, so the layout follows from the shape alone.
   */
  private static Tensor laidOut(Tensor initial) {
    return initial.torch.dim() == 4 ? initial.channelsLast() : initial.contiguous();
  }

  /**
   * {@return its present value, sharing its memory} What was computed from an older value must not
   * be followed back after a {@linkplain #set change}.
   */
  public Tensor value() {
    return new Tensor(torch);
  }

  /** {@return its shape} */
  public Shape shape() {
    return value().shape();
  }

  /**
   * Overwrites the value.
   *
   * @param value of the same shape and type
   */
  public void set(Tensor value) {
    if (!value.shape().equals(shape())) {
      throw new EngineException("a variable of " + shape() + " cannot become " + value.shape());
    }
    try (Scope _ = Scope.open()) {
      run("set", () -> torch.copy_(value.torch), value);
    }
  }

  /**
   * {@return the sum of the gradients that {@link #backward} has led here since they were last
   * cleared; empty if there were none}
   */
  public Optional<Tensor> gradient() {
    org.bytedeco.pytorch.Tensor gradient = torch.grad();
    return gradient.defined() ? Optional.of(new Tensor(gradient)) : Optional.empty();
  }

  /** Forgets the gradient. */
  public void clearGradient() {
    try (Scope _ = Scope.open()) {
      torch.mutable_grad().reset();
    }
  }

  /**
   * Moves the value towards another: {@code value + (target - value) weight}.
   *
   * @param target of the same shape
   * @param weight 0 changes nothing, 1 takes the target
   */
  public void approach(Tensor target, double weight) {
    try (Scope _ = Scope.open()) {
      run("approach", () -> torch.lerp_(target.torch, new Scalar(weight)), target);
    }
  }

  /**
   * Shrinks the value and moves it: {@code value shrink + direction by}.
   *
   * @param shrink 1 for not at all
   * @param direction of the same shape; of any floating type
   * @param by how far to go
   */
  public void move(double shrink, Tensor direction, double by) {
    try (Scope _ = Scope.open()) {
      DType dtype = value().dtype();
      run(
          "move",
          () -> torch.mul_(new Scalar(shrink)).add_(direction.to(dtype).torch, new Scalar(by)),
          direction);
    }
  }

  /**
   * Follows the way a number was computed back to every variable that took part, and adds to their
   * gradients (reverse accumulation; Rumelhart, Hinton and Williams 1986). A way can be followed
   * once.
   *
   * @param loss one number, computed in a scope with gradients
   */
  public static void backward(Tensor loss) {
    if (!GradMode.is_enabled()) {
      throw new EngineException("backward() needs a scope with gradients");
    }
    run(
        "backward",
        () -> {
          loss.torch.backward();
          return loss.torch;
        },
        loss);
  }

  /**
   * Scales all gradients by one factor so that their common Euclidean norm is at most a bound.
   * Pascanu, Mikolov and Bengio 2013, algorithm 1.
   *
   * @param variables those with gradients take part
   * @param most the bound, above 0
   * @return the norm before
   */
  public static double clipGradients(List<Variable> variables, double most) {
    try (Scope _ = Scope.open()) {
      List<Tensor> gradients =
          variables.stream().map(Variable::gradient).flatMap(Optional::stream).toList();
      if (gradients.isEmpty()) {
        return 0;
      }
      List<Tensor> squares =
          gradients.stream().map(g -> new Tensor(g.torch.norm()).square()).toList();
      double norm = Tensor.stack(squares, 0).sum().sqrt().item();
      double factor = most / (norm + 1e-6);
      if (factor < 1) {
        gradients.forEach(g -> g.torch.mul_(new Scalar(factor)));
      }
      return norm;
    }
  }

  @Override
  public void close() {
    torch.releaseReference();
  }
}
