package io.songe.explain;

import io.songe.error.InvalidRequestException;

/**
 * How much of what is seen is noise: a measure for people. A picture's latent has a variance of
 * about 1, and noise of the level sigma one of sigma squared, so that the share of noise in both
 * together is {@code sigma^2 / (1 + sigma^2)}.
 *
 * @param share above 0, where there is hardly any noise, to below 1, where hardly a picture is left
 */
public record NoiseShare(double share) {
  /**
   * Checks the range.
   *
   * @throws InvalidRequestException if the share is not between 0 and 1
   */
  public NoiseShare {
    if (!(share > 0 && share < 1)) {
      throw new InvalidRequestException(
          "the share of noise is above 0 and below 1, got %s".formatted(share));
    }
  }

  /** {@return the noise level, in units of the latent} */
  public double sigma() {
    return Math.sqrt(share / (1 - share));
  }
}
