package io.songe.checkpoint;

import io.songe.nn.NamedParameters;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.NativeMemory;
import java.util.function.BiFunction;

/**
 * A network with its weights, and the memory behind them.
 *
 * @param config its sizes
 * @param network to compute with until this is closed
 * @param parameters its tensors
 * @param weights the file they come from
 */
record LoadedNetwork<C, N>(
    C config, N network, NamedParameters parameters, ComponentWeights weights)
    implements AutoCloseable {
  private static final long LARGE = 100_000_000;

  /**
   * Builds a network on weights. If that fails, the weights are closed.
   *
   * @param config its sizes
   * @param weights opened, and owned by the result
   * @param dtype in which the network computes
   * @param build makes the network of its config and its parameters
   * @return the network, which used all the weights
   * @throws io.songe.error.BrokenFileException if the weights do not fit the network
   * @throws io.songe.error.InvalidRequestException if there is not enough memory for them
   */
  static <C, N> LoadedNetwork<C, N> build(
      C config, ComponentWeights weights, DType dtype, BiFunction<C, Parameters, N> build) {
    NamedParameters parameters = weights.parameters(dtype);
    try {
      MemoryNeed.requireForWeights(weights, dtype);
      N network = build.apply(config, parameters);
      weights.refuseUnused(parameters);
      if (weights.elements() > LARGE) {
        NativeMemory.trim(); // copies that were made on the way
      }
      return new LoadedNetwork<>(config, network, parameters, weights);
    } catch (RuntimeException unfit) {
      parameters.close();
      weights.close();
      // Sizes that only a forged config has: their products overflow.
      throw unfit instanceof IllegalArgumentException ? weights.label().refused(unfit) : unfit;
    }
  }

  @Override
  public void close() {
    parameters.close();
    weights.close();
  }
}
