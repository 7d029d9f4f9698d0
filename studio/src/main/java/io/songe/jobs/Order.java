package io.songe.jobs;

import io.songe.error.InvalidRequestException;
import io.songe.pipeline.Recipe;
import java.util.Optional;

/**
 * What somebody wants drawn, complete: nothing is left to chance or to a default, so that it gives
 * the same pictures whenever it is drawn. The pictures that the recipe's edit begins with lie in
 * the {@link InputStore}.
 *
 * @param owner who ordered, and who alone sees it; the name of a user
 * @param door through which it came
 * @param recipe of the first picture, its background included
 * @param style that was asked for by name, which the recipe's prompt already has; may be empty
 * @param count how many pictures; picture i has the recipe's seed plus i
 * @param travel a way to another phrase or seed, whose frames are drawn instead of {@code count}
 *     pictures
 * @param traced whether what each step sees is kept as a frame
 * @param kept whether the pictures go into the gallery; otherwise they go with the job
 */
public record Order(
    String owner,
    Door door,
    Recipe recipe,
    String style,
    int count,
    Optional<Travel> travel,
    boolean traced,
    boolean kept) {

  /**
   * A checked order.
   *
   * @throws InvalidRequestException if no picture is asked for
   */
  public Order {
    if (count < 1) {
      throw new InvalidRequestException("count must be at least 1, got " + count);
    }
  }

  /** How an order came. */
  public enum Door {
    PAGE,
    OPENAI,
    A1111,
    COMMAND
  }

  /**
   * A way from the order's picture to another one, drawn as the frames of a film.
   *
   * @param toPhrase what the last frame shows; empty for the same phrase
   * @param toSeed whose noise the last frame begins with; empty for the same seed
   * @param frames how many, both ends included; 2 to 240
   */
  public record Travel(Optional<String> toPhrase, Optional<Long> toSeed, int frames) {
    /** The most frames of a film. */
    public static final int MOST_FRAMES = 240;

    /**
     * A checked way.
     *
     * @throws InvalidRequestException if the frames are too few or too many
     */
    public Travel {
      if (frames < 2 || frames > MOST_FRAMES) {
        throw new InvalidRequestException(
            "a travel has 2 to %d frames, got %d".formatted(MOST_FRAMES, frames));
      }
    }
  }
}
