package io.songe.pipeline;

import io.songe.error.InvalidRequestException;
import io.songe.text.syntax.PromptSyntax;

/**
 * How a prompt is read.
 *
 * @param syntax which signs in it mean something
 * @param clipSkip which layer of the text encoders its features are taken from: 1 is the layer that
 *     the model was trained with, 2 the one before it, and so on
 */
public record PromptReading(PromptSyntax syntax, int clipSkip) {
  /** The most that can be asked for; each encoder has its own limit. */
  private static final int MOST_SKIPPED = 100;

  /**
   * A checked way.
   *
   * @throws InvalidRequestException if the clip skip is out of its range
   */
  public PromptReading {
    if (clipSkip < 1 || clipSkip > MOST_SKIPPED) {
      throw new InvalidRequestException(
          "the clip skip must be from 1, which skips nothing, to %d, got %d"
              .formatted(MOST_SKIPPED, clipSkip));
    }
  }

  /** {@return the usual way: the grammar and the weights of A1111, from the usual layer} */
  public static PromptReading usual() {
    return of(PromptSyntax.A1111);
  }

  /** {@return each sign as text, as diffusers reads, from the usual layer} */
  public static PromptReading literal() {
    return of(PromptSyntax.LITERAL);
  }

  /**
   * A syntax, from the usual layer.
   *
   * @param syntax which signs mean something
   * @return the way
   */
  public static PromptReading of(PromptSyntax syntax) {
    return new PromptReading(syntax, 1);
  }
}
