package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.format.SafetensorsFile;
import io.songe.nn.Weights;
import io.songe.tensor.DType;
import io.songe.tensor.Tensor;
import io.songe.tensor.Variable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Inputs, parameters and gradients that tools/golden/gradients.py wrote. Used in a scope; the file
 * is read whole, so that nothing but the scope need be closed.
 */
final class GoldenGradients implements AutoCloseable {
  /** What the issue asks for, relative to the largest gradient of a tensor. */
  private static final double TOLERANCE = 1e-4;

  /**
   * Some gradients are 0 but for roundings, such as those of the biases of keys, which change
   * nothing: they are compared with the largest gradient of the whole network.
   */
  private static final double NOTHING = 1e-6;

  private final Map<String, Tensor> numbers = new LinkedHashMap<>();
  private final Map<String, Variable> inputs = new LinkedHashMap<>();
  private final Weights weights;

  private GoldenGradients(Map<String, Tensor> numbers) {
    this.numbers.putAll(numbers);
    this.weights = Weights.of(startingWith("p."));
    startingWith("in.")
        .forEach((name, value) -> {
          if (value.dtype() == DType.FLOAT32) {
            inputs.put(name, Variable.of(value));
          }
        });
  }

  /**
   * Reads a file.
   *
   * @param name below the resource folder golden/gradients
   * @param part what the names begin with; may be empty
   * @param temporary where to unpack it
   */
  static GoldenGradients open(String name, String part, Path temporary) {
    return new GoldenGradients(numbers(name, part, temporary));
  }

  /** {@return the numbers of a file by name, copied into the present scope} */
  static Map<String, Tensor> numbers(String name, String part, Path temporary) {
    Path file = temporary.resolve(name + ".safetensors");
    String resource = "/golden/gradients/" + name + ".safetensors.gz";
    try (InputStream packed = GoldenGradients.class.getResourceAsStream(resource);
        InputStream in = new GZIPInputStream(Objects.requireNonNull(packed, resource))) {
      Files.write(file, in.readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Map<String, Tensor> found = new LinkedHashMap<>();
    try (SafetensorsFile source = SafetensorsFile.open(file)) {
      for (String full : source.names()) {
        if (full.startsWith(part)) {
          found.put(full.substring(part.length()), source.get(full).toTensor().copy());
        }
      }
    }
    return found;
  }

  private Map<String, Tensor> startingWith(String prefix) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    numbers.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        found.put(name.substring(prefix.length()), value);
      }
    });
    return found;
  }

  /** {@return an input, which may have a gradient} */
  Tensor input(String name) {
    Variable variable = inputs.get(name);
    return variable == null
        ? Objects.requireNonNull(numbers.get("in." + name), name)
        : variable.value();
  }

  /** {@return a number of the file} */
  Tensor number(String name) {
    return Objects.requireNonNull(numbers.get(name), name);
  }

  /** {@return the parameters} */
  Weights weights() {
    return weights;
  }

  /** Follows the loss of a result back and compares every gradient. */
  void compare(Tensor result) {
    Variable.backward(result.times(number("out")).sum());
    Map<String, Tensor> expected = startingWith("grad.");
    assertThat(expected).isNotEmpty();
    double unit =
        NOTHING * expected.values().stream().mapToDouble(GoldenGradients::largest).max().orElse(0);
    Map<String, String> wrong = new LinkedHashMap<>();
    expected.forEach((name, gradient) -> {
      double error =
          variable(name)
              .gradient()
              .map(actual -> distance(actual, gradient))
              .orElse(Double.POSITIVE_INFINITY);
      double allowed = largest(gradient) < unit ? unit : TOLERANCE * largest(gradient);
      if (!(error <= allowed)) {
        wrong.put(name, "off by %s, allowed are %s".formatted(error, allowed));
      }
    });
    assertThat(wrong).isEmpty();
  }

  /** {@return the cosine of the angle between all gradients, taken together, and the expected} */
  double cosine(Tensor result) {
    Variable.backward(result.times(number("out")).sum());
    double product = 0;
    double actual = 0;
    double expected = 0;
    for (Map.Entry<String, Tensor> named : startingWith("grad.").entrySet()) {
      Tensor gradient = variable(named.getKey()).gradient().orElseThrow();
      product += gradient.times(named.getValue()).sum().item();
      actual += gradient.square().sum().item();
      expected += named.getValue().square().sum().item();
    }
    return product / Math.sqrt(actual * expected);
  }

  private Variable variable(String gradient) {
    String name = gradient.substring(gradient.indexOf('.') + 1);
    return Objects.requireNonNull(
        gradient.startsWith("p.") ? weights.variables().get(name) : inputs.get(name), name);
  }

  /** {@return the largest difference between two tensors} */
  static double distance(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    return largest(actual.minus(expected));
  }

  private static double largest(Tensor tensor) {
    double largest = 0;
    for (float number : tensor.toFloats()) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  @Override
  public void close() {
    weights.close();
    inputs.values().forEach(Variable::close);
  }
}
