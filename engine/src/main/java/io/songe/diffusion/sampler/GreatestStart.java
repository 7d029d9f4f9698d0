package io.songe.diffusion.sampler;

import io.songe.diffusion.Sigmas;
import io.songe.error.InvalidRequestException;

/**
 * From where samplers can start that correct a step by an estimate after it: a mistake of that
 * estimate counts in proportion to the step's length in sigma. Levels that start near infinity
 * (rectified flow, zero terminal signal) would ruin the sample and are refused.
 */
final class GreatestStart {
  private static final double LEVEL = 1000;

  private GreatestStart() {}

  static void require(Sigmas sigmas, String sampler) {
    if (sigmas.first() > LEVEL) {
      throw new InvalidRequestException(
          sampler
              + " cannot start from noise level "
              + sigmas.first()
              + ", at most "
              + LEVEL
              + "; choose Euler or DPM++ 2M for this model");
    }
  }
}
