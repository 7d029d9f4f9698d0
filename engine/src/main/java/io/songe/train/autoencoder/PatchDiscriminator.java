package io.songe.train.autoencoder;

import static io.songe.tensor.Functional.leakyRelu;

import io.songe.nn.Conv2d;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Functional;
import io.songe.tensor.Tensor;

/**
 * The expert: says for each patch of 26 by 26 pixels how much it looks like a part of a real
 * picture. Isola et al. 2017, appendix 6.1.2, without normalization, which small batches of small
 * squares do not need and which would take longer than the convolutions; with smaller patches, as
 * what an autoencoder loses is small.
 */
final class PatchDiscriminator {
  private static final double SLOPE = .2;
  private static final int CHANNELS = 48;

  private final DType dtype;
  private final Conv2d first;
  private final Conv2d second;
  private final Conv2d third;
  private final Conv2d last;

  /**
   * An expert.
   *
   * @param imageChannels of a picture
   * @param p its tensors
   */
  PatchDiscriminator(int imageChannels, Parameters p) {
    dtype = p.dtype();
    first = new Conv2d(imageChannels, CHANNELS, 4, 2, 1, p.in("first"));
    second = new Conv2d(CHANNELS, 2 * CHANNELS, 4, 2, 1, p.in("second"));
    third = new Conv2d(2 * CHANNELS, 4 * CHANNELS, 3, p.in("third"));
    last = new Conv2d(4 * CHANNELS, 1, 3, p.in("last"));
  }

  /**
   * The expert's opinion.
   *
   * @param x pictures {@code [batch, imageChannels, height, width]}, in [-1, 1], FLOAT32
   * @return {@code [batch, 1, height / 4, width / 4]}, FLOAT32: above 0 for real, below for forged
   */
  Tensor forward(Tensor x) {
    Tensor h = leakyRelu(first.forward(x.channelsLast()), SLOPE).to(dtype);
    h = leakyRelu(second.forward(h), SLOPE);
    h = leakyRelu(third.forward(h), SLOPE);
    return last.forward(h.to(DType.FLOAT32));
  }

  /**
   * What the expert makes small: {@code mean max(0, 1 - real) + mean max(0, 1 + forged)}. Lim and
   * Ye 2017, equation 6 (the hinge).
   */
  static Tensor mistakes(Tensor real, Tensor forged) {
    Tensor onReal = Functional.relu(real.negate().plus(1)).mean();
    Tensor onForged = Functional.relu(forged.plus(1)).mean();
    return onReal.plus(onForged);
  }

  /** What the forger makes small: {@code - mean forged}. */
  static Tensor exposure(Tensor forged) {
    return forged.mean().negate();
  }
}
