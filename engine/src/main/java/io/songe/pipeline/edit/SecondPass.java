package io.songe.pipeline.edit;

import io.songe.error.InvalidRequestException;

/**
 * Whether a picture is drawn a second time, larger. A model draws best at the size it was trained
 * with; the first pass composes there, the second one adds detail.
 */
public sealed interface SecondPass {
  /** The first pass is the picture. */
  record None() implements SecondPass {}

  /**
   * The first pass, enlarged, is the start of another drawing.
   *
   * @param width of the picture in the end, in pixels
   * @param height of the picture in the end, in pixels
   * @param upscaler how it is enlarged
   * @param steps of the sampler, of which the share {@code strength} is taken; 1 to 1000
   * @param strength how much is drawn anew, above 0 to 1. Enlarged latents need 0.5 or more
   */
  record Enlarged(int width, int height, Upscaler upscaler, int steps, double strength)
      implements SecondPass {
    /**
     * Checks the numbers.
     *
     * @throws InvalidRequestException if one is out of its range
     */
    public Enlarged {
      Start.requireStrength(strength);
      if (steps < 1 || steps > 1000) {
        throw new InvalidRequestException(
            "the number of steps of the second pass must be from 1 to 1000, got " + steps);
      }
    }
  }
}
