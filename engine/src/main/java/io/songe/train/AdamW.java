package io.songe.train;

import io.songe.tensor.FusedAdamW;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Adam with decoupled weight decay. Loshchilov and Hutter 2019, algorithm 2:
 *
 * <pre>
 * m = beta1 m + (1 - beta1) g           first moment
 * v = beta2 v + (1 - beta2) g^2         second moment
 * x = x - rate (m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) + decay x)
 * </pre>
 */
public final class AdamW implements Optimizer {
  private final Options options;
  private final SequencedMap<String, Variable> variables;
  private final SequencedMap<String, Variable> first = new LinkedHashMap<>();
  private final SequencedMap<String, Variable> second = new LinkedHashMap<>();

  /**
   * The optimizer's constants.
   *
   * @param beta1 how slowly the first moment forgets, 0 to below 1
   * @param beta2 how slowly the second moment forgets, 0 to below 1
   * @param epsilon added to the root of the second moment, above 0
   * @param decay of weights, at least 0
   */
  public record Options(double beta1, double beta2, double epsilon, double decay)
      implements Optimizer.Options {
    /** Constants that forget within about a hundred steps, as suits short runs. */
    public static final Options USUAL = new Options(.9, .99, 1e-8, .01);

    /**
     * Checked.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Options {
      if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
        throw new IllegalArgumentException(
            "the betas are at least 0 and below 1, got %s and %s".formatted(beta1, beta2));
      }
      if (!(epsilon > 0) || !(decay >= 0)) {
        throw new IllegalArgumentException(
            "epsilon is above 0 and the decay at least 0, got %s and %s".formatted(epsilon, decay));
      }
    }

    @Override
    public AdamW of(Player player) {
      return new AdamW(player.variables(), this);
    }
  }

  /**
   * An optimizer whose moments are zeros.
   *
   * @param variables that it changes; alive as long as it is used
   * @param options its constants
   */
  public AdamW(Map<String, Variable> variables, Options options) {
    this.options = options;
    this.variables = new LinkedHashMap<>(variables);
    try (Scope _ = Scope.open()) {
      variables.forEach((name, variable) -> {
        first.put(name, Variable.of(Tensor.zeros(variable.shape().toArray())));
        second.put(name, Variable.of(Tensor.zeros(variable.shape().toArray())));
      });
    }
  }

  @Override
  public void step(long step, double rate) {
    Optimizer.requireGradients(variables);
    FusedAdamW.step(
        List.copyOf(variables.values()),
        List.copyOf(first.values()),
        List.copyOf(second.values()),
        step + 1,
        rate,
        options.beta1,
        options.beta2,
        options.epsilon,
        options.decay);
  }

  @Override
  public SequencedMap<String, Variable> firstMoments() {
    return first;
  }

  @Override
  public SequencedMap<String, Variable> secondMoments() {
    return second;
  }

  @Override
  public void close() {
    first.values().forEach(Variable::close);
    second.values().forEach(Variable::close);
  }
}
