package io.songe.model;

import io.songe.tensor.Tensor;

/** What the weights of words do to their tokens' features: they are multiplied, and then ... */
public enum Emphasis {
  /** ... nothing more. */
  PLAIN,
  /**
   * ... all of a chunk's features are multiplied by one number, so that their mean is what it was.
   * This is the AUTOMATIC1111 web UI's way ("Original"). In encoders whose features have a mean of
   * almost 0 that number means nothing: where the weights change the mean's sign, or change it more
   * than tenfold, the mean is left as it is.
   */
  RESTORING_MEAN;

  private static final double MOST_RESTORED = 10;

  /**
   * Weighted features of a chunk.
   *
   * @param features {@code [1, tokens, width]}
   * @param weights {@code [1, tokens, 1]}
   * @return as features
   */
  public Tensor apply(Tensor features, Tensor weights) {
    Tensor weighted = features.times(weights);
    return this == PLAIN ? weighted : restored(weighted, features.mean(), weighted.mean());
  }

  private static Tensor restored(Tensor weighted, Tensor before, Tensor after) {
    Tensor ratio = before.dividedBy(after);
    double number = ratio.item();
    boolean meaningful = number >= 1 / MOST_RESTORED && number <= MOST_RESTORED;
    return meaningful ? weighted.times(ratio) : weighted;
  }
}
