package io.songe.evaluate;

import io.songe.data.Groups;
import io.songe.error.InvalidRequestException;

/**
 * How much is drawn.
 *
 * @param prompts drawn in each language, of things and styles that the model may have learned; of
 *     everything else a part of that. At least 4
 * @param shown the most pictures of random prompts on the page, at least 1; of other kinds fewer
 * @param groups of drawings that are asked for
 * @param seed of the choice of prompts and of the pictures
 */
public record EvaluationOptions(int prompts, int shown, Groups groups, long seed) {
  private static final int FEWEST = 4;
  private static final int MOST = 100_000;

  /**
   * Checked options.
   *
   * @throws InvalidRequestException if a number is out of its range
   */
  public EvaluationOptions {
    if (prompts < FEWEST || prompts > MOST) {
      throw new InvalidRequestException(
          "the number of prompts must be from %d to %d, got %d".formatted(FEWEST, MOST, prompts));
    }
  }

  /** {@return 200 prompts in each language, of which 100 pictures are shown} */
  public static EvaluationOptions usual() {
    return new EvaluationOptions(200, 100, Groups.all(), 1);
  }

  /**
   * {@return these options for another number of prompts}
   *
   * @param other how many in each language
   */
  public EvaluationOptions withPrompts(int other) {
    return new EvaluationOptions(other, shown, groups, seed);
  }

  /**
   * {@return these options for other groups}
   *
   * @param others of drawings that are asked for
   */
  public EvaluationOptions withGroups(Groups others) {
    return new EvaluationOptions(prompts, shown, others, seed);
  }
}
