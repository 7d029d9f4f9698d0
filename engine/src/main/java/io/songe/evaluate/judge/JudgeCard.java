package io.songe.evaluate.judge;

import io.songe.data.Drawing;
import java.util.List;
import java.util.Set;

/**
 * What a judge says of itself.
 *
 * @param name what to call it in messages: where it lies
 * @param config its sizes and what it can name
 * @param hiddenStyles styles in which it never saw a drawing
 * @param corpusSha256 the content of the corpus that it learned from; empty if nobody knows
 * @param steps how many steps it learned for
 * @param weightsSha256 fingerprint of its weights; empty before they are written
 */
public record JudgeCard(
    String name,
    JudgeConfig config,
    List<String> hiddenStyles,
    String corpusSha256,
    long steps,
    String weightsSha256) {
  /** A card with its list copied. */
  public JudgeCard {
    hiddenStyles = List.copyOf(hiddenStyles);
  }

  /**
   * Which drawings of a corpus this judge learned from, if it is the corpus of its training, and
   * which it did not.
   *
   * @param drawings of the corpus
   * @return the division
   */
  public JudgeDivision division(List<Drawing> drawings) {
    return JudgeDivision.of(drawings, Set.copyOf(hiddenStyles));
  }
}
