package io.songe.text.syntax;

/** White space around words, by Unicode's property of that name. */
final class WhiteSpace {
  private WhiteSpace() {}

  /** {@return a text without white space at its ends} */
  static String strip(String text) {
    return stripEnd(stripStart(text));
  }

  /** {@return a text without white space at its beginning} */
  static String stripStart(String text) {
    int start = 0;
    while (start < text.length() && is(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  /** {@return a text without white space at its end} */
  static String stripEnd(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean is(char character) {
    return (character >= '\t' && character <= '\r')
        || character == 0x85
        || Character.isSpaceChar(character);
  }
}
