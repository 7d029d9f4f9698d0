package io.songe.checkpoint.adapter;

import io.songe.tensor.Tensor;

/**
 * What a word means to one text encoder: rows of its table of tokens. As Java's own numbers, since
 * they are few and outlive the file.
 */
final class WordVectors {
  private final int width;
  private final float[] numbers;

  /** Vectors, {@code [count, width]}, row by row. */
  WordVectors(int width, float[] numbers) {
    this.width = width;
    this.numbers = numbers.clone();
  }

  int count() {
    return numbers.length / width;
  }

  int width() {
    return width;
  }

  /** As FLOAT32, [count, width]. */
  Tensor tensor() {
    return Tensor.of(numbers, count(), width);
  }
}
