package io.songe.pipeline;

import io.songe.tensor.Shape;
import io.songe.tensor.Tensor;

/**
 * What a text encoder says of a phrase. Kept as Java's own numbers, so that it may be shared
 * between threads and forgotten at any time.
 */
final class EncodedPhrase {
  private final int tokens;
  private final int chunks;
  private final float[] features;
  private final Shape featuresShape;
  private final float[] pooled;

  /**
   * A phrase.
   *
   * @param tokens the number of its own tokens
   * @param chunks in which it is read
   * @param features of its chunks one after another, {@code [1, chunks * tokens, width]}
   * @param pooled of its first chunk, {@code [1, width]}
   */
  EncodedPhrase(int tokens, int chunks, Tensor features, Tensor pooled) {
    this.tokens = tokens;
    this.chunks = chunks;
    this.features = features.toFloats();
    this.featuresShape = features.shape();
    this.pooled = pooled.toFloats();
  }

  /** {@return the number of its own tokens} */
  int tokens() {
    return tokens;
  }

  /** {@return the number of chunks in which it is read, at least 1} */
  int chunks() {
    return chunks;
  }

  /** {@return the features of its chunks one after another, [1, chunks * tokens, width]} */
  Tensor features() {
    return Tensor.of(features, featuresShape.toArray());
  }

  /** {@return the features of its first chunk as a whole, [1, width]} */
  Tensor pooled() {
    return Tensor.of(pooled, 1, pooled.length);
  }

  /** {@return how many numbers it holds} */
  int size() {
    return features.length + pooled.length;
  }
}
