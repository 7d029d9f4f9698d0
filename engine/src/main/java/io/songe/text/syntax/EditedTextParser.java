package io.songe.text.syntax;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Finds square brackets that mean a change over the steps. It reads once from left to right and
 * keeps the open brackets on a stack of its own, as thousands may be open.
 */
final class EditedTextParser {
  private final String text;
  private final PieceList whole = new PieceList();
  private final Deque<Bracket> open = new ArrayDeque<>();

  EditedTextParser(String text) {
    this.text = text;
  }

  EditedText read() {
    for (int index = 0; index < text.length(); index++) {
      char sign = text.charAt(index);
      switch (sign) {
        case '\\' -> {
          current().add(sign);
          if (index + 1 < text.length()) {
            current().add(text.charAt(++index));
          }
        }
        case '(', '[' -> open.push(new Bracket(sign));
        case ')', ']' -> close(sign);
        case ':', '|' -> separate(sign);
        default -> current().add(sign);
      }
    }
    // Brackets that were never closed are text, from the outermost on.
    for (Iterator<Bracket> rest = open.descendingIterator(); rest.hasNext(); ) {
      rest.next().writeTo(whole);
    }
    return whole.toText();
  }

  private PieceList current() {
    Bracket bracket = open.peek();
    return bracket == null ? whole : bracket.last();
  }

  private void separate(char sign) {
    Bracket bracket = open.peek();
    if (bracket != null && bracket.closesWith(']')) {
      bracket.separate(sign);
    } else {
      current().add(sign);
    }
  }

  private void close(char sign) {
    Bracket bracket = open.peek();
    if (bracket == null || !bracket.closesWith(sign)) {
      current().add(sign);
      if (bracket != null) {
        bracket.breakUp();
      }
      return;
    }
    open.pop();
    Optional<Piece> change = bracket.change();
    if (change.isPresent()) {
      current().add(change.get(), bracket.depth() + 1);
      return;
    }
    bracket.writeTo(current());
    current().add(sign);
    Bracket around = open.peek();
    if (around != null && bracket.isBroken()) {
      around.breakUp();
    }
  }
}
