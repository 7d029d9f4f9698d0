package io.songe.model;

/**
 * The layer of a text encoder whose output serves as the tokens' features ("clip skip").
 *
 * @param fromEnd 1 is the last layer, 2 the one before it, and so on
 * @param normalized whether the encoder's final normalization is applied to it
 */
public record HiddenLayer(int fromEnd, boolean normalized) {
  /**
   * A checked layer.
   *
   * @throws IllegalArgumentException if {@code fromEnd} is less than 1
   */
  public HiddenLayer {
    if (fromEnd < 1) {
      throw new IllegalArgumentException(
          "layers are counted from 1, the last, got " + fromEnd + "; use 1 to skip none");
    }
  }

  /** {@return the last layer, normalized: what Stable Diffusion 1 and 2 were trained with} */
  public static HiddenLayer last() {
    return clipSkip(1);
  }

  /** {@return the layer before the last, as it is: what Stable Diffusion XL was trained with} */
  public static HiddenLayer penultimate() {
    return new HiddenLayer(2, false);
  }

  /**
   * A layer nearer to the words, under the final normalization all the same, as people use it with
   * Stable Diffusion 1.
   *
   * @param skip 1 skips nothing, 2 the last layer, and so on
   * @return the layer
   */
  public static HiddenLayer clipSkip(int skip) {
    return new HiddenLayer(skip, true);
  }

  /**
   * A layer nearer to the words than this one.
   *
   * @param clipSkip 1 is this layer, 2 the one before it, and so on
   * @return the layer, normalized as this one
   * @throws IllegalArgumentException if {@code clipSkip} is less than 1
   */
  public HiddenLayer skipping(int clipSkip) {
    if (clipSkip < 1) {
      throw new IllegalArgumentException(
          "clip skip is counted from 1, which skips nothing, got " + clipSkip);
    }
    return new HiddenLayer(fromEnd + clipSkip - 1, normalized);
  }
}
