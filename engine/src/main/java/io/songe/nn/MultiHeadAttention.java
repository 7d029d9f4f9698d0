package io.songe.nn;

import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;

/** The heads of attention, side by side. Vaswani et al. 2017, section 3.2.2. */
public final class MultiHeadAttention {
  private MultiHeadAttention() {}

  /**
   * Attends with each head and joins the results.
   *
   * @param q queries {@code [batch, queries, heads * width]}
   * @param k keys {@code [batch, keys, heads * width]}
   * @param v values {@code [batch, keys, heads * width]}
   * @param heads number of heads
   * @param causal whether query i sees only keys 0 to i
   * @return {@code [batch, queries, heads * width]}
   */
  public static Tensor attend(Tensor q, Tensor k, Tensor v, int heads, boolean causal) {
    Tensor attended =
        Functional.attention(split(q, heads), split(k, heads), split(v, heads), causal);
    return attended.transpose(1, 2).reshape(q.dim(0), q.dim(1), q.dim(2));
  }

  /** [batch, tokens, heads * width] -> [batch, heads, tokens, width]. */
  private static Tensor split(Tensor x, int heads) {
    return x.reshape(x.dim(0), x.dim(1), heads, x.dim(2) / heads).transpose(1, 2);
  }
}
