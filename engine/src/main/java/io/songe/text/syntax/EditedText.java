package io.songe.text.syntax;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A phrase over all steps. What it is at one step is a text again, in which weights are read only
 * then, so that a weight itself may change: {@code (fox:[1.0:1.4:0.5])}.
 *
 * @param pieces its parts in reading order; no two plain ones are neighbours, none is empty
 */
public record EditedText(List<Piece> pieces) {
  /** Copies the list. */
  public EditedText {
    pieces = List.copyOf(pieces);
  }

  /**
   * A text that up to a step is the phrase.
   *
   * @param lastStep the step, from 1
   * @param text the phrase until then, from the stretch before on
   */
  public record Stretch(int lastStep, String text) {}

  /**
   * Reads a phrase. The web UI gives up the whole phrase where its grammar does not fit; here only
   * the brackets that do not fit are text, and any number of colons or bars may stand in round
   * brackets or outside of all.
   *
   * @param text any text
   * @return the phrase
   */
  public static EditedText parse(String text) {
    return new EditedTextParser(text).read();
  }

  /**
   * A text that never changes, whatever signs are in it.
   *
   * @param text any text
   * @return the phrase
   */
  static EditedText plain(String text) {
    return new EditedText(text.isEmpty() ? List.of() : List.of(new Piece.Plain(text)));
  }

  /**
   * The phrase at a step.
   *
   * @param step from 1
   * @param pass the steps of which it is one
   * @return a text that may have weights in it
   */
  public String at(int step, SamplingPass pass) {
    var text = new StringBuilder();
    write(step, pass, text);
    return text.toString();
  }

  private void write(int step, SamplingPass pass, StringBuilder text) {
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Plain plain -> text.append(plain.text());
        case Piece.Scheduled(EditedText before, EditedText after, Moment when) ->
            (step <= when.lastStep(pass) ? before : after).write(step, pass, text);
        case Piece.Alternating(List<EditedText> options) ->
            options.get((step - 1) % options.size()).write(step, pass, text);
      }
    }
  }

  /**
   * The phrase from the first step to the last.
   *
   * @param pass the steps
   * @return its texts, each with the step up to which it holds; the last step is the pass's
   */
  public List<Stretch> over(SamplingPass pass) {
    NavigableSet<Integer> ends = new TreeSet<>();
    addEnds(pass, ends);
    ends.add(pass.steps());
    return ends.stream().map(end -> new Stretch(end, at(end, pass))).toList();
  }

  private void addEnds(SamplingPass pass, NavigableSet<Integer> ends) {
    for (Piece piece : pieces) {
      switch (piece) {
        case Piece.Plain _ -> {}
        case Piece.Scheduled(EditedText before, EditedText after, Moment when) -> {
          if (when.lastStep(pass) >= 1) {
            ends.add(when.lastStep(pass));
          }
          before.addEnds(pass, ends);
          after.addEnds(pass, ends);
        }
        case Piece.Alternating(List<EditedText> options) -> {
          IntStream.rangeClosed(1, pass.steps()).forEach(ends::add);
          options.forEach(option -> option.addEnds(pass, ends));
        }
      }
    }
  }

  /** {@return the phrase as text, from which the same is read again} */
  @Override
  public String toString() {
    return pieces.stream().map(Piece::toString).collect(Collectors.joining());
  }
}
