package io.songe.text;

import io.songe.error.EngineException;
import java.util.List;

/**
 * A prompt as a text encoder takes it: its two texts in the same number of chunks, so that their
 * encodings have the same shape and can be weighed against each other.
 *
 * @param positive chunks of what to draw, in reading order, at least one
 * @param negative as many chunks of what to keep away from, each as long as those of the positive
 */
public record TokenizedPrompt(List<TokenIds> positive, List<TokenIds> negative) {
  /**
   * A checked pair.
   *
   * @throws EngineException if there are no chunks, or the two do not match in number or length
   */
  public TokenizedPrompt {
    positive = List.copyOf(positive);
    negative = List.copyOf(negative);
    if (positive.isEmpty() || positive.size() != negative.size()) {
      throw new EngineException(
          "a prompt needs as many chunks for its positive text as for its negative one, at least one, got %d and %d"
              .formatted(positive.size(), negative.size()));
    }
    int length = positive.getFirst().size();
    for (List<TokenIds> chunks : List.of(positive, negative)) {
      for (TokenIds chunk : chunks) {
        if (chunk.size() != length) {
          throw new EngineException(
              "chunks of one prompt are equally long, got %d and %d ids"
                  .formatted(length, chunk.size()));
        }
      }
    }
  }

  /** {@return the number of chunks of either text} */
  public int chunks() {
    return positive.size();
  }
}
