package io.songe.checkpoint;

import io.songe.checkpoint.adapter.WeightChanges;
import io.songe.nn.NamedParameters;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.NativeMemory;
import io.songe.tensor.Shape;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A network with its weights, and the memory behind them.
 *
 * @param config its sizes, as the weights have them
 * @param network to compute with until this is closed
 * @param parameters its tensors
 * @param weights the file they come from
 * @param origin how the network is made of them
 */
record LoadedNetwork<C, N>(
    C config, N network, NamedParameters parameters, ComponentWeights weights, Origin<C, N> origin)
    implements AutoCloseable {
  private static final long LARGE = 100_000_000;

  /**
   * How a network is made of weights.
   *
   * @param build makes the network of its config and its parameters
   * @param tensors their shapes by our names, as the weights have them
   * @param changes that adapters make of the weights
   */
  record Origin<C, N>(
      BiFunction<C, Parameters, N> build, Map<String, Shape> tensors, WeightChanges changes) {}

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
    NamedParameters parameters = weights.parameters(dtype, WeightChanges.NONE);
    try {
      MemoryNeed.requireForWeights(weights, dtype);
      N network = build.apply(config, parameters);
      weights.refuseUnused(parameters);
      trimIfLarge(weights);
      return new LoadedNetwork<>(
          config,
          network,
          parameters,
          weights,
          new Origin<>(build, Map.copyOf(parameters.used()), WeightChanges.NONE));
    } catch (RuntimeException unfit) {
      parameters.close();
      weights.close();
      // Sizes that only a forged config has: their products overflow.
      throw unfit instanceof IllegalArgumentException ? weights.label().refused(unfit) : unfit;
    }
  }

  /**
   * Builds the network again, of the same weights with changes in place of those that it has. The
   * network that there is ends first, so that no more memory is needed than for one.
   *
   * @param changes of the weights
   * @param changed the sizes that the network has with them
   * @return the network, or this if it has these changes
   */
  LoadedNetwork<C, N> changed(WeightChanges changes, C changed) {
    if (changes.sameAs(origin.changes)) {
      return this;
    }
    DType dtype = parameters.dtype();
    parameters.close();
    NamedParameters other = weights.parameters(dtype, changes);
    N rebuilt = origin.build.apply(changed, other);
    trimIfLarge(weights);
    return new LoadedNetwork<>(
        config, rebuilt, other, weights, new Origin<>(origin.build, origin.tensors, changes));
  }

  /** Gives back what copies took that were made on the way. */
  private static void trimIfLarge(ComponentWeights weights) {
    if (weights.elements() > LARGE) {
      NativeMemory.trim();
    }
  }

  @Override
  public void close() {
    parameters.close();
    weights.close();
  }
}
