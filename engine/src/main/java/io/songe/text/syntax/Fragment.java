package io.songe.text.syntax;

/** A part of a phrase with one weight, or the end of a chunk. */
public sealed interface Fragment {
  /**
   * Words.
   *
   * @param text the words, escapes undone; never empty
   * @param weight finite; 1 is usual
   */
  record Words(String text, double weight) implements Fragment {
    @Override
    public String toString() {
      String escaped = escaped();
      return weight == 1 ? escaped : "(" + escaped + ":" + Numeral.write(weight) + ")";
    }

    private String escaped() {
      // a lone backslash disappears, and with it inside the word is no break
      return text.replaceAll("[()\\[\\]\\\\]", "\\\\$0").replace("BREAK", "BREA\\K");
    }
  }

  /** {@code BREAK}: what follows goes into the next chunk. */
  record Break() implements Fragment {
    @Override
    public String toString() {
      return " BREAK ";
    }
  }
}
