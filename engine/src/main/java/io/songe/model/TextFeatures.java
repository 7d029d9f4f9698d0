package io.songe.model;

import io.songe.tensor.Tensor;

/**
 * What a text encoder says of texts.
 *
 * @param tokens features of each token in its context, {@code [batch, tokens, width]}, FLOAT32
 * @param pooled features of each text as a whole, {@code [batch, pooled width]}, FLOAT32: always
 *     from the last layer, normalized, at the mark of the end, and projected if the encoder has a
 *     projection
 */
public record TextFeatures(Tensor tokens, Tensor pooled) {}
