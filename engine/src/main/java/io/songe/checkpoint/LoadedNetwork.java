package io.songe.checkpoint;

import io.songe.nn.NamedParameters;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A network with its weights, and the memory behind them.
 *
 * @param network to compute with until this is closed
 * @param parameters its tensors
 * @param weights the file they come from
 */
record LoadedNetwork<N>(N network, NamedParameters parameters, ComponentWeights weights)
    implements AutoCloseable {
  /**
   * Builds a network on weights. If that fails, the weights are closed.
   *
   * @param weights opened, and owned by the result
   * @param dtype in which the network computes
   * @param build makes the network of its parameters
   * @return the network, which used all the weights
   * @throws io.songe.error.BrokenFileException if the weights do not fit the network
   */
  static <N> LoadedNetwork<N> build(
      ComponentWeights weights, DType dtype, Function<Parameters, N> build) {
    NamedParameters parameters = weights.parameters(dtype);
    try {
      N network = build.apply(parameters);
      weights.refuseUnused(parameters);
      return new LoadedNetwork<>(network, parameters, weights);
    } catch (RuntimeException unfit) {
      parameters.close();
      weights.close();
      throw unfit;
    }
  }

  /** {@return the file of the weights} */
  Path file() {
    return weights.file();
  }

  @Override
  public void close() {
    parameters.close();
    weights.close();
  }
}
