package io.songe.diffusion.sampler;

import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Tensor;

/**
 * Fresh noise before a step, which lifts the sample to a higher level first. Karras et al. 2022,
 * algorithm 2, lines 4 to 6; A1111 calls the numbers s_churn, s_tmin, s_tmax and s_noise.
 *
 * @param amount how much altogether, spread over all steps; 0 for none
 * @param from the least level at which there is any
 * @param to the greatest level at which there is any; may be infinite
 * @param deviation of the noise; the paper finds slightly more than 1 useful
 */
public record Churn(double amount, double from, double to, double deviation) {
  /** Above this the noise of the sample would more than double in variance. */
  private static final double MOST = Math.sqrt(2) - 1;

  /** Checks the ranges. */
  public Churn {
    if (!(amount >= 0 && from >= 0 && to >= from && deviation >= 0)) {
      throw new InvalidRequestException(
          "churn is an amount from 0 on, a range of levels from 0 on and a deviation from 0 on, got"
              + " amount %s, levels %s to %s, deviation %s".formatted(amount, from, to, deviation));
    }
  }

  /** {@return no churn: what a sampler adds nothing with} */
  public static Churn none() {
    return new Churn(0, 0, Double.POSITIVE_INFINITY, 1);
  }

  /** The level to which a step from {@code sigma} is lifted, one of a number of steps. */
  double lifted(double sigma, int steps) {
    return sigma >= from && sigma <= to ? sigma * (1 + Math.min(amount / steps, MOST)) : sigma;
  }

  /** Adds the noise between two levels; draws none if they are the same. */
  Tensor lift(Tensor x, double sigma, double lifted, NoiseSource noise) {
    return lifted > sigma
        ? x.plus(
            noise.next(x.shape()).times(deviation * Math.sqrt(lifted * lifted - sigma * sigma)))
        : x;
  }
}
