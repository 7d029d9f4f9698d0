package io.songe.model.vae;

import io.songe.tensor.Tensor;

/**
 * The raw latents that fit a picture: a normal distribution whose elements are independent. Kingma
 * and Welling 2014, appendix B.
 *
 * @param mean {@code [batch, latentChannels, height, width]}, FLOAT32
 * @param logVariance natural logarithm of the variance, as mean, in [-30, 20]
 */
public record Posterior(Tensor mean, Tensor logVariance) {
  private static final double LEAST = -30;
  private static final double MOST = 20;

  /** The distribution in the encoder's output, mean and log-variance one after the other. */
  static Posterior of(Tensor moments) {
    var halves = moments.chunk(2, 1);
    return new Posterior(halves.get(0), halves.get(1).clamp(LEAST, MOST));
  }

  /**
   * The latents for given noise. Kingma and Welling 2014, section 2.4: the reparameterization.
   *
   * @param noise independent normal numbers of mean 0 and standard deviation 1, as mean
   * @return {@code mean + exp(logVariance / 2) noise}
   */
  public Tensor sample(Tensor noise) {
    return mean.plus(logVariance.times(0.5).exp().times(noise));
  }
}
