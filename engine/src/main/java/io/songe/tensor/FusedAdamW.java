package io.songe.tensor;

import io.songe.error.EngineException;
import java.util.List;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.ListType;
import org.bytedeco.pytorch.OperatorHandle;

/**
 * One step of AdamW over many variables, each read and written once: the sums are those of
 * Loshchilov and Hutter 2019, algorithm 2, but a step written with separate operations would go
 * through the same memory ten times.
 */
public final class FusedAdamW {
  private FusedAdamW() {}

  /**
   * Changes variables and moments.
   *
   * @param variables all of them with gradients
   * @param first moments, of the variables' shapes, in their order
   * @param second moments, of the variables' shapes, in their order
   * @param step number of this step, from 1
   * @param rate the learning rate
   * @param beta1 how slowly the first moment forgets
   * @param beta2 how slowly the second moment forgets
   * @param epsilon added to the root of the second moment
   * @param decay of weights: each shrinks by {@code rate decay} of itself
   */
  public static void step(
      List<Variable> variables,
      List<Variable> first,
      List<Variable> second,
      long step,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay) {
    if (variables.isEmpty()) {
      return;
    }
    try (Scope _ = Scope.open()) {
      GenericList values = tensors();
      GenericList gradients = tensors();
      GenericList means = tensors();
      GenericList squares = tensors();
      GenericList steps = tensors();
      for (int i = 0; i < variables.size(); i++) {
        values.push_back(new IValue(variables.get(i).value().torch));
        gradients.push_back(
            new IValue(
                variables
                    .get(i)
                    .gradient()
                    .orElseThrow(() -> new EngineException("a variable without a gradient"))
                    .torch));
        means.push_back(new IValue(first.get(i).value().torch));
        squares.push_back(new IValue(second.get(i).value().torch));
        steps.push_back(new IValue(Tensor.full((double) step).torch));
      }
      Kernel.HANDLE.callBoxed(
          new IValueVector(
              new IValue(values),
              new IValue(gradients),
              new IValue(means),
              new IValue(squares),
              new IValue(tensors()),
              new IValue(steps),
              new IValue(rate),
              new IValue(beta1),
              new IValue(beta2),
              new IValue(decay),
              new IValue(epsilon),
              new IValue(false),
              new IValue(false),
              new IValue(),
              new IValue()));
    }
  }

  private static GenericList tensors() {
    return new GenericList(ListType.ofTensors().getElementType());
  }

  private static final class Kernel {
    static final OperatorHandle HANDLE = find();

    private static OperatorHandle find() {
      Backend.load();
      OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");
      handle.retainReference();
      return handle;
    }
  }
}
