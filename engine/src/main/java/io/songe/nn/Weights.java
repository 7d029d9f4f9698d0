package io.songe.nn;

import io.songe.error.EngineException;
import io.songe.nn.Initialization.Role;
import io.songe.tensor.AffineMap;
import io.songe.tensor.Convolution;
import io.songe.tensor.DType;
import io.songe.tensor.DoublingConvolution;
import io.songe.tensor.Functional;
import io.songe.tensor.GatedMap;
import io.songe.tensor.Scope;
import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A network's tensors while it is trained: variables in FLOAT32 under their whole names. A network
 * is built anew over their {@linkplain #parameters present values} for every step, inside the
 * step's scope, so that whatever it makes of them (a conversion to BFLOAT16, several maps joined)
 * belongs to the way that gradients follow back.
 */
public final class Weights implements AutoCloseable {
  private final SequencedMap<String, Variable> variables;

  private Weights(SequencedMap<String, Variable> variables) {
    this.variables = variables;
  }

  /**
   * The weights of a network that nothing is known of yet.
   *
   * @param network builds it: what it asks for is what there will be
   * @param initialization what the tensors begin as
   * @return the weights, alive until they are closed
   */
  public static Weights initial(Consumer<Parameters> network, Initialization initialization) {
    SequencedMap<String, Variable> made = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      network.accept(new Declared(made, "", initialization));
    }
    return new Weights(made);
  }

  /**
   * Weights that begin as copies.
   *
   * @param values by whole name, in any floating type
   * @return the weights, alive until they are closed
   */
  public static Weights of(Map<String, Tensor> values) {
    SequencedMap<String, Variable> made = new LinkedHashMap<>();
    try (Scope _ = Scope.open()) {
      values.forEach((name, value) -> made.put(name, Variable.of(value.to(DType.FLOAT32))));
    }
    return new Weights(made);
  }

  /** {@return the variables by whole name, in the order in which the network asks for them} */
  public SequencedMap<String, Variable> variables() {
    return Collections.unmodifiableSequencedMap(variables);
  }

  /** {@return how many numbers there are} */
  public long count() {
    return variables.values().stream().mapToLong(variable -> variable.shape().elements()).sum();
  }

  /**
   * Their present values, to build a network on inside a scope; with gradients where the scope has
   * them.
   *
   * @param dtype in which the network computes
   * @return parameters at the root
   */
  public Parameters parameters(DType dtype) {
    return new Present(variables, Variable::value, "", dtype);
  }

  /**
   * Their present values as constants, to build a network on inside a scope: what gradients follow
   * back through it, they do not reach the variables.
   *
   * @param dtype in which the network computes
   * @return parameters at the root
   */
  public Parameters constants(DType dtype) {
    return new Present(variables, variable -> Functional.constant(variable.value()), "", dtype);
  }

  @Override
  public void close() {
    variables.values().forEach(Variable::close);
  }

  /** Parameters that give the present values. */
  private record Present(
      Map<String, Variable> variables, Function<Variable, Tensor> value, String path, DType dtype)
      implements Parameters {
    @Override
    public Parameters in(String block) {
      return new Present(variables, value, path + block + ".", dtype);
    }

    private Tensor find(String name, Shape expected) {
      @Nullable Variable variable = variables.get(path + name);
      if (variable == null) {
        throw new EngineException("these weights have no " + path + name);
      }
      if (!variable.shape().equals(expected)) {
        throw new EngineException(
            path + name + " is " + variable.shape() + ", and " + expected + " was asked for");
      }
      return value.apply(variable);
    }

    @Override
    public Tensor get(String name, Shape expected) {
      return find(name, expected).to(dtype);
    }

    @Override
    public Tensor exact(String name, Shape expected) {
      return find(name, expected);
    }

    @Override
    public Tensor table(String name, Shape expected) {
      return find(name, expected);
    }

    @Override
    public Convolution convolution(
        Shape weight, boolean bias, int stride, int padding, DType computed) {
      return Convolution.plain(
          find("weight", weight).to(computed).channelsLast(),
          bias ? find("bias", Shape.of(weight.dim(0))).to(computed) : null,
          stride,
          padding);
    }

    @Override
    public DoublingConvolution doublingConvolution(Shape weight) {
      return DoublingConvolution.plain(convolution(weight, true, 1, 1, dtype));
    }

    @Override
    public AffineMap affineMap(List<String> layers, Shape weight, boolean bias) {
      long out = weight.dim(0);
      Tensor weights = joined(layers, "weight", weight).reshape(layers.size() * out, weight.dim(1));
      return AffineMap.plain(weights, bias ? joined(layers, "bias", Shape.of(out)) : null);
    }

    private Tensor joined(List<String> layers, String tensor, Shape each) {
      List<Tensor> parts =
          layers.stream()
              .map(layer -> get(layer.isEmpty() ? tensor : layer + "." + tensor, each))
              .toList();
      return parts.size() == 1 ? parts.getFirst() : Tensor.concat(parts, 0);
    }

    @Override
    public GatedMap gatedMap(Shape weight) {
      return GatedMap.plain(get("weight", weight), get("bias", Shape.of(weight.dim(0))));
    }
  }

  /** Parameters that make what they are asked for. */
  private record Declared(
      Map<String, Variable> variables, String path, Initialization initialization)
      implements Parameters {
    @Override
    public Parameters in(String block) {
      return new Declared(variables, path + block + ".", initialization);
    }

    private Tensor make(String name, Role role, Shape shape, long inputs) {
      String whole = path + name;
      return variables
          .computeIfAbsent(whole, _ -> Variable.of(initialization.make(whole, role, shape, inputs)))
          .value();
    }

    @Override
    public Tensor get(String name, Shape expected) {
      return expected.rank() == 1 ? exact(name, expected) : table(name, expected);
    }

    @Override
    public Tensor exact(String name, Shape expected) {
      return make(name, name.equals("bias") ? Role.SHIFT : Role.SCALE, expected, 1);
    }

    @Override
    public Tensor table(String name, Shape expected) {
      return make(name, Role.TABLE, expected, 1);
    }

    private Tensor weight(String name, Shape shape) {
      return make(name, Role.WEIGHT, shape, inputs(shape));
    }

    private Tensor bias(String name, Shape weight) {
      return make(name, Role.BIAS, Shape.of(weight.dim(0)), inputs(weight));
    }

    private static long inputs(Shape weight) {
      return weight.elements() / weight.dim(0);
    }

    @Override
    public Convolution convolution(
        Shape weight, boolean bias, int stride, int padding, DType computed) {
      return Convolution.plain(
          weight("weight", weight), bias ? bias("bias", weight) : null, stride, padding);
    }

    @Override
    public DoublingConvolution doublingConvolution(Shape weight) {
      return DoublingConvolution.plain(convolution(weight, true, 1, 1, dtype()));
    }

    @Override
    public AffineMap affineMap(List<String> layers, Shape weight, boolean bias) {
      Tensor last = Tensor.zeros(1, 1);
      for (String layer : layers) {
        String prefix = layer.isEmpty() ? "" : layer + ".";
        last = weight(prefix + "weight", weight);
        if (bias) {
          bias(prefix + "bias", weight);
        }
      }
      return AffineMap.plain(last, null);
    }

    @Override
    public GatedMap gatedMap(Shape weight) {
      return GatedMap.plain(weight("weight", weight), bias("bias", weight));
    }

    @Override
    public DType dtype() {
      return DType.FLOAT32;
    }
  }
}
