package io.songe.model;

import io.songe.tensor.Tensor;

/** Turns token ids into features that a picture can be drawn from. */
public interface TextEncoder {
  /**
   * Encodes texts, each alone.
   *
   * @param ids token ids, {@code [batch, tokens]}, INT64: rows of {@link #vocabulary()}, at most
   *     {@link #positions()} to a text, each text with its mark of the end
   * @param layer where to read the features
   * @return the features of each text
   * @throws io.songe.error.InvalidRequestException if there are more tokens than positions, or the
   *     encoder has fewer layers than {@code layer} skips
   */
  TextFeatures encode(Tensor ids, HiddenLayer layer);

  /** {@return the number of different tokens} */
  int vocabulary();

  /** {@return the most tokens that a text can have, marks of its beginning and end included} */
  int positions();

  /** {@return the width of a token's features} */
  int width();

  /** {@return the width of a whole text's features} */
  int pooledWidth();
}
