package io.songe.server.api;

/** What holds of all texts that are sent. */
final class Texts {
  private Texts() {}

  /**
   * {@return the text, if it can be stored and shown}
   *
   * @throws io.songe.server.HttpFailure if it is too long, has the character 0 or half a character
   */
  static String checked(String field, String text, int most) {
    if (text.codePointCount(0, text.length()) > most) {
      throw Refused.field(
          field,
          "%s has at most %d characters, got %d"
              .formatted(field, most, text.codePointCount(0, text.length())));
    }
    boolean whole =
        text.codePoints().noneMatch(each -> each == 0 || (each >= 0xd800 && each <= 0xdfff));
    if (!whole) {
      throw Refused.field(
          field, field + " has characters that no text has (U+0000, or half of a pair)");
    }
    return text;
  }
}
