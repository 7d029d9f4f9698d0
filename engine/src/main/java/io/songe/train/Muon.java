package io.songe.train;

import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Orthogonalization;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Momentum whose steps are orthogonalized, so that all directions of a matrix are learned equally
 * fast, those too for which gradients are small. Jordan et al. 2024, "Muon: an optimizer for hidden
 * layers in neural networks"; with the step's length of Liu et al. 2025, "Muon is scalable for LLM
 * training", equation 4:
 *
 * <pre>
 * m = momentum m + (1 - momentum) g
 * u = momentum m + (1 - momentum) g                                 Nesterov's step ahead
 * x = x - rate (0.2 sqrt(max(rows, columns)) orthogonal(u) + decay x)
 * </pre>
 *
 * <p>A convolution's kernel [out, in, height, width] is a matrix of {@code out} rows. Only hidden
 * layers are changed so; embeddings, the first and the last layer, biases and norms are left to
 * {@link AdamW} at the same rate, for which the step's length is made.
 */
public final class Muon implements Optimizer {
  /** Of the elements of AdamW's steps, the usual root mean square. */
  private static final double USUAL_STEP = .2;

  private final Options options;
  private final SequencedMap<String, Variable> momentum = new LinkedHashMap<>();
  private final SequencedMap<String, Variable> matrices = new LinkedHashMap<>();
  private final List<List<Matrix>> alike;
  private final AdamW others;

  private record Matrix(Variable variable, Variable momentum) {}

  /**
   * The optimizer's constants.
   *
   * @param momentum how slowly the mean of gradients forgets, 0 to below 1
   * @param decay of matrices, at least 0
   * @param dtype in which matrices are orthogonalized
   * @param others constants for all variables that are no hidden matrices
   */
  public record Options(double momentum, double decay, DType dtype, AdamW.Options others)
      implements Optimizer.Options {
    /**
     * The usual constants.
     *
     * @param dtype in which matrices are orthogonalized; rounding in BFLOAT16 does no harm
     */
    public static Options usual(DType dtype) {
      return new Options(.95, .01, dtype, AdamW.Options.USUAL);
    }

    /**
     * Checked.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Options {
      if (!(momentum >= 0 && momentum < 1) || !(decay >= 0)) {
        throw new IllegalArgumentException(
            "the momentum is at least 0 and below 1 and the decay at least 0, got %s and %s"
                .formatted(momentum, decay));
      }
    }

    @Override
    public Muon of(Player player) {
      return new Muon(player.variables(), player.hidden(), this);
    }
  }

  /**
   * An optimizer whose moments are zeros.
   *
   * @param variables that it changes; alive as long as it is used
   * @param hidden names of those that belong to hidden layers; of these it takes the matrices
   * @param options its constants
   */
  public Muon(Map<String, Variable> variables, Set<String> hidden, Options options) {
    this.options = options;
    SequencedMap<String, Variable> rest = new LinkedHashMap<>();
    SequencedMap<Shape, List<Matrix>> byShape = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      variables.forEach((name, variable) -> {
        if (hidden.contains(name) && isMatrix(variable.shape())) {
          Variable mean = Variable.of(Tensor.zeros(variable.shape().toArray()));
          matrices.put(name, variable);
          momentum.put(name, mean);
          byShape
              .computeIfAbsent(variable.shape(), _ -> new ArrayList<>())
              .add(new Matrix(variable, mean));
        } else {
          rest.put(name, variable);
        }
      });
    }
    alike = List.copyOf(byShape.values());
    others = new AdamW(rest, options.others());
  }

  private static boolean isMatrix(Shape shape) {
    return shape.rank() >= 2 && shape.dim(0) > 1 && shape.elements() > shape.dim(0);
  }

  @Override
  public void step(long step, double rate) {
    Optimizer.requireGradients(matrices);
    others.step(step, rate);
    alike.forEach(some -> {
      try (Scope _ = Scope.open()) {
        change(some, rate);
      }
    });
  }

  /** Matrices of one shape at once: each alone is too small to keep a processor busy. */
  private void change(List<Matrix> some, double rate) {
    List<Tensor> ahead =
        some.stream().map(each -> matrix(ahead(each)).to(options.dtype())).toList();
    Tensor directions = Orthogonalization.of(Tensor.stack(ahead, 0));
    double length = USUAL_STEP * Math.sqrt((double) Math.max(directions.dim(1), directions.dim(2)));
    for (int i = 0; i < some.size(); i++) {
      Variable variable = some.get(i).variable();
      variable.move(
          1 - rate * options.decay(),
          likeKernel(directions.select(0, i), variable.shape()),
          -rate * length);
    }
  }

  private Tensor ahead(Matrix matrix) {
    Tensor gradient = matrix.variable().gradient().orElseThrow();
    matrix.momentum().approach(gradient, 1 - options.momentum());
    return Functional.between(gradient, matrix.momentum().value(), options.momentum());
  }

  /** As the numbers lie in memory, where a kernel's input channels are innermost. */
  private static Tensor matrix(Tensor value) {
    Tensor rows = value.shape().rank() == 4 ? value.permute(0, 2, 3, 1) : value;
    return rows.reshape(value.dim(0), -1);
  }

  private static Tensor likeKernel(Tensor matrix, Shape shape) {
    return shape.rank() == 4
        ? matrix.reshape(shape.dim(0), shape.dim(2), shape.dim(3), shape.dim(1)).permute(0, 3, 1, 2)
        : matrix.reshape(shape.toArray());
  }

  /** {@return momentum of matrices, and the first moments of all others} */
  @Override
  public SequencedMap<String, Variable> firstMoments() {
    SequencedMap<String, Variable> all = new LinkedHashMap<>(momentum);
    all.putAll(others.firstMoments());
    return all;
  }

  /** {@return the second moments of what is no hidden matrix} */
  @Override
  public SequencedMap<String, Variable> secondMoments() {
    return others.secondMoments();
  }

  @Override
  public void close() {
    momentum.values().forEach(Variable::close);
    others.close();
  }
}
