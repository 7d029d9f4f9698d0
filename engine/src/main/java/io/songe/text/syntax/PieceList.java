package io.songe.text.syntax;

import java.util.ArrayList;
import java.util.List;

/** A phrase in the making: text and changes one after another. */
final class PieceList {
  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();
  private int depth;

  /** Adds a character of plain text. */
  void add(char character) {
    plain.append(character);
  }

  /** Adds a change that is so many levels deep. */
  void add(Piece piece, int levels) {
    endPlain();
    pieces.add(piece);
    depth = Math.max(depth, levels);
  }

  /** Adds all of another. */
  void add(PieceList other) {
    for (Piece piece : other.pieces) {
      if (piece instanceof Piece.Plain(String text)) {
        plain.append(text);
      } else {
        add(piece, other.depth);
      }
    }
    plain.append(other.plain);
  }

  private void endPlain() {
    if (!plain.isEmpty()) {
      pieces.add(new Piece.Plain(plain.toString()));
      plain.setLength(0);
    }
  }

  /** {@return how many levels of changes are in one another} */
  int depth() {
    return depth;
  }

  /** {@return the text, if nothing in it changes; else a text that is no number} */
  CharSequence plainText() {
    return pieces.isEmpty() ? plain : "";
  }

  /** {@return all that was added} */
  EditedText toText() {
    endPlain();
    return new EditedText(pieces);
  }
}
