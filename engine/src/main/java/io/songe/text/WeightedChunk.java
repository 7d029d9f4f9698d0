package io.songe.text;

import io.songe.error.EngineException;
import java.util.Arrays;

/** A chunk of tokens as a text encoder takes it, with how much each counts. Immutable. */
public final class WeightedChunk {
  private final TokenIds ids;
  private final float[] weights;
  private final int ownTokens;

  /**
   * A chunk.
   *
   * @param ids all ids, begin, end and padding included
   * @param weights finite, one for each id
   * @param ownTokens how many of the ids are the text's, after the first
   * @throws EngineException if there are more or fewer weights than ids
   */
  public WeightedChunk(TokenIds ids, float[] weights, int ownTokens) {
    if (ids.size() != weights.length) {
      throw new EngineException(
          "each token has a weight, got " + ids.size() + " tokens and " + weights.length);
    }
    this.ids = ids;
    this.weights = weights.clone();
    this.ownTokens = ownTokens;
  }

  /** {@return the ids} */
  public TokenIds ids() {
    return ids;
  }

  /** {@return a copy of the weights, one for each id; 1 is usual} */
  public float[] weights() {
    return weights.clone();
  }

  /** {@return how many of the ids are the text's own: not begin, end or padding} */
  public int ownTokens() {
    return ownTokens;
  }

  /** {@return whether all weights are 1} */
  public boolean isEven() {
    for (float weight : weights) {
      if (weight != 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeightedChunk that
        && ids.equals(that.ids)
        && ownTokens == that.ownTokens
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * ids.hashCode() + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return ids + " weighted " + Arrays.toString(weights);
  }
}
