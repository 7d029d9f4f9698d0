package io.songe.pipeline.edit;

import io.songe.error.InvalidRequestException;
import io.songe.tensor.Wrapping;

/**
 * How a drawing differs from one that begins with noise and ends at the request's size.
 *
 * @param start what it begins with
 * @param tiling the directions in which the picture continues at its opposite edge
 * @param variation another noise mixed into the seed's
 * @param secondPass a second drawing of the first's result, enlarged
 */
public record Edit(Start start, Wrapping tiling, Variation variation, SecondPass secondPass) {
  /** No difference. */
  public static final Edit NONE =
      new Edit(new Start.Noise(), Wrapping.NONE, Variation.NONE, new SecondPass.None());

  /**
   * Checks what does not go together.
   *
   * @throws InvalidRequestException if a start picture is given and a second pass is asked for
   */
  public Edit {
    if (!(start instanceof Start.Noise) && !(secondPass instanceof SecondPass.None)) {
      throw new InvalidRequestException(
          "a second pass enlarges what was drawn from noise; draw the start picture first, and then"
              + " the enlarged result in a request of its own");
    }
  }

  /**
   * {@return this edit with another start}
   *
   * @param other the start
   */
  public Edit withStart(Start other) {
    return new Edit(other, tiling, variation, secondPass);
  }

  /**
   * {@return this edit with another tiling}
   *
   * @param other the directions
   */
  public Edit withTiling(Wrapping other) {
    return new Edit(start, other, variation, secondPass);
  }

  /**
   * {@return this edit with another variation}
   *
   * @param other the variation
   */
  public Edit withVariation(Variation other) {
    return new Edit(start, tiling, other, secondPass);
  }

  /**
   * {@return this edit with another second pass}
   *
   * @param other the pass
   */
  public Edit withSecondPass(SecondPass other) {
    return new Edit(start, tiling, variation, other);
  }
}
