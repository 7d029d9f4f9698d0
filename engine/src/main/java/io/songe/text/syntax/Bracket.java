package io.songe.text.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bracket that is being read. Colons and bars cut a square one into parts; a round one has one
 * part.
 */
final class Bracket {
  /** Deeper changes are text: whoever reads the result goes down into it level by level. */
  private static final int DEEPEST = 50;

  private static final Pattern MOMENT =
      Pattern.compile("\\s*(" + Numeral.PATTERN + ")\\s*", Pattern.UNICODE_CHARACTER_CLASS);

  private final char sign;
  private final List<PieceList> parts = new ArrayList<>(List.of(new PieceList()));
  private final StringBuilder separators = new StringBuilder();
  private boolean broken;

  Bracket(char sign) {
    this.sign = sign;
  }

  /** {@return the part that is being read} */
  PieceList last() {
    return parts.getLast();
  }

  /** Ends a part by a colon or a bar. */
  void separate(char separator) {
    separators.append(separator);
    parts.add(new PieceList());
  }

  /** {@return whether it is the other half of a sign} */
  boolean closesWith(char closing) {
    return (sign == '[') == (closing == ']');
  }

  /** Makes it mean nothing but text: a bracket of another shape was closed inside it. */
  void breakUp() {
    broken = true;
  }

  /** {@return whether it means nothing but text} */
  boolean isBroken() {
    return broken;
  }

  /** {@return how many levels of changes are in one another inside it} */
  int depth() {
    return parts.stream().mapToInt(PieceList::depth).max().orElse(0);
  }

  /** {@return what it means as a whole; empty if it is text} */
  Optional<Piece> change() {
    if (broken || sign == '(' || separators.isEmpty() || depth() >= DEEPEST) {
      return Optional.empty();
    }
    return separators.indexOf(":") < 0
        ? Optional.of(new Piece.Alternating(parts.stream().map(PieceList::toText).toList()))
        : scheduled();
  }

  /** One or two colons, the last before the moment; bars are text then. */
  private Optional<Piece> scheduled() {
    int lastColon = separators.lastIndexOf(":");
    int firstColon = separators.indexOf(":");
    Matcher moment = MOMENT.matcher(last().plainText());
    int secondColon = separators.indexOf(":", firstColon + 1);
    boolean more = secondColon >= 0 && secondColon < lastColon;
    if (more || lastColon != separators.length() - 1 || !moment.matches()) {
      return Optional.empty();
    }
    boolean one = firstColon == lastColon;
    return Optional.of(
        new Piece.Scheduled(
            one ? EditedText.plain("") : joined(0, firstColon + 1),
            joined(one ? 0 : firstColon + 1, lastColon + 1),
            Moment.of(moment.group(1))));
  }

  private EditedText joined(int from, int to) {
    PieceList whole = new PieceList();
    for (int part = from; part < to; part++) {
      if (part > from) {
        whole.add(separators.charAt(part - 1));
      }
      whole.add(parts.get(part));
    }
    return whole.toText();
  }

  /** Writes it as text, without an end. */
  void writeTo(PieceList target) {
    target.add(sign);
    for (int part = 0; part < parts.size(); part++) {
      if (part > 0) {
        target.add(separators.charAt(part - 1));
      }
      target.add(parts.get(part));
    }
  }
}
