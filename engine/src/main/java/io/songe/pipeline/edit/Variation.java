package io.songe.pipeline.edit;

import io.songe.error.InvalidRequestException;

/**
 * The noise of another seed mixed into that of the request's: a little gives a picture much like
 * the one of the request's seed alone. Picture i of a request has the variation's seed plus i, and
 * all have the same seed.
 *
 * @param seed of the other noise
 * @param strength 0 for the request's noise alone to 1 for the other alone
 */
public record Variation(long seed, double strength) {
  /** No other noise. */
  public static final Variation NONE = new Variation(0, 0);

  /**
   * Checks the strength.
   *
   * @throws InvalidRequestException if it is not in [0, 1]
   */
  public Variation {
    if (!(strength >= 0 && strength <= 1)) {
      throw new InvalidRequestException(
          "the strength of a variation must be from 0 to 1, got " + strength);
    }
  }

  /** {@return whether it changes nothing} */
  public boolean isNone() {
    return strength == 0;
  }

  /**
   * {@return the variation of one picture of a request}
   *
   * @param index which picture, from 0
   */
  public Variation of(int index) {
    return isNone() ? this : new Variation(seed + index, strength);
  }
}
