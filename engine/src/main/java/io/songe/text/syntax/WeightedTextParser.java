package io.songe.text.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads weights. A bracket multiplies all that was read since it was opened; round and square ones
 * need not be nested properly in one another.
 */
final class WeightedTextParser {
  private static final double ROUND = 1.1;
  private static final double SQUARE = 1 / 1.1;

  /** Escapes, brackets, the weight at a bracket's end, and runs of anything else. */
  private static final Pattern PART =
      Pattern.compile(
          "\\\\(?<escaped>[()\\[\\]\\\\]?)"
              + "|:\\s*(?<weight>"
              + Numeral.PATTERN
              + ")\\s*\\)"
              + "|[()\\[\\]:]"
              + "|[^\\\\()\\[\\]:]+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern BREAK =
      Pattern.compile("\\bBREAK\\b", Pattern.UNICODE_CHARACTER_CLASS);

  private final String text;
  private final List<Fragment> read = new ArrayList<>();
  private final Deque<Integer> round = new ArrayDeque<>();
  private final Deque<Integer> square = new ArrayDeque<>();

  WeightedTextParser(String text) {
    this.text = text;
  }

  WeightedText read() {
    Matcher part = PART.matcher(text);
    while (part.find()) {
      String escaped = part.group("escaped");
      String weight = part.group("weight");
      if (escaped != null) {
        add(escaped);
      } else if (weight != null && !round.isEmpty()) {
        multiply(round.pop(), Numeral.read(weight));
      } else {
        sign(part.group());
      }
    }
    round.forEach(start -> multiply(start, ROUND));
    square.forEach(start -> multiply(start, SQUARE));
    return new WeightedText(aroundBreaks(merged()));
  }

  private void sign(String part) {
    if (part.equals("(")) {
      round.push(read.size());
    } else if (part.equals("[")) {
      square.push(read.size());
    } else if (part.equals(")") && !round.isEmpty()) {
      multiply(round.pop(), ROUND);
    } else if (part.equals("]") && !square.isEmpty()) {
      multiply(square.pop(), SQUARE);
    } else {
      addWithBreaks(part);
    }
  }

  private void addWithBreaks(String part) {
    String[] words = BREAK.split(part, -1);
    for (int i = 0; i < words.length; i++) {
      if (i > 0) {
        read.add(new Fragment.Break());
      }
      add(words[i]);
    }
  }

  private void add(String words) {
    if (!words.isEmpty()) {
      read.add(new Fragment.Words(words, 1));
    }
  }

  private void multiply(int start, double factor) {
    for (int i = start; i < read.size(); i++) {
      if (read.get(i) instanceof Fragment.Words(String words, double weight)) {
        read.set(i, new Fragment.Words(words, Numeral.limited(weight * factor)));
      }
    }
  }

  /** Neighbours of the same weight become one, as words may go on from one to the next. */
  private List<Fragment> merged() {
    List<Fragment> merged = new ArrayList<>();
    var words = new StringBuilder();
    double weight = 1;
    for (Fragment fragment : read) {
      if (!words.isEmpty()
          && !(fragment instanceof Fragment.Words next && next.weight() == weight)) {
        merged.add(new Fragment.Words(words.toString(), weight));
        words.setLength(0);
      }
      switch (fragment) {
        case Fragment.Break end -> merged.add(end);
        case Fragment.Words next -> {
          words.append(next.text());
          weight = next.weight();
        }
      }
    }
    if (!words.isEmpty()) {
      merged.add(new Fragment.Words(words.toString(), weight));
    }
    return merged;
  }

  /** White space beside a break means nothing, and is left out. */
  private static List<Fragment> aroundBreaks(List<Fragment> fragments) {
    List<Fragment> kept = new ArrayList<>();
    for (Fragment fragment : fragments) {
      if (fragment instanceof Fragment.Break) {
        stripEnd(kept);
        kept.add(fragment);
      } else if (fragment instanceof Fragment.Words(String words, double weight)) {
        boolean afterBreak = !kept.isEmpty() && kept.getLast() instanceof Fragment.Break;
        String rest = afterBreak ? WhiteSpace.stripStart(words) : words;
        if (!rest.isEmpty()) {
          kept.add(new Fragment.Words(rest, weight));
        }
      }
    }
    return kept;
  }

  private static void stripEnd(List<Fragment> fragments) {
    while (!fragments.isEmpty()
        && fragments.getLast() instanceof Fragment.Words(String words, double weight)) {
      fragments.removeLast();
      String rest = WhiteSpace.stripEnd(words);
      if (!rest.isEmpty()) {
        fragments.add(new Fragment.Words(rest, weight));
        return;
      }
    }
  }
}
