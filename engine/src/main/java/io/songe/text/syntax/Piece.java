package io.songe.text.syntax;

import java.util.List;
import java.util.stream.Collectors;

/** A part of a phrase that may change over the steps. */
public sealed interface Piece {
  /**
   * Text that stays, with its weights still in it.
   *
   * @param text as it was typed
   */
  record Plain(String text) implements Piece {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * {@code [before:after:when]}: one text up to a moment, another from then on. Without a before
   * {@code [after:when]} adds something late, without an after {@code [before::when]} takes it
   * away.
   *
   * @param before the text at first, may be empty
   * @param after the text from then on, may be empty
   * @param when the moment
   */
  record Scheduled(EditedText before, EditedText after, Moment when) implements Piece {
    @Override
    public String toString() {
      return "[" + before + ":" + after + ":" + when + "]";
    }
  }

  /**
   * {@code [first|second|...]}: another text at each step, in turn.
   *
   * @param options the texts, at least two, any of which may be empty
   */
  record Alternating(List<EditedText> options) implements Piece {
    /** Copies the list. */
    public Alternating {
      options = List.copyOf(options);
    }

    @Override
    public String toString() {
      return options.stream().map(EditedText::toString).collect(Collectors.joining("|", "[", "]"));
    }
  }
}
