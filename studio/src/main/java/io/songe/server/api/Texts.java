package io.songe.server.api;

import io.songe.server.Fields;

/** What holds of all texts that are sent. */
final class Texts {
  private Texts() {}

  /**
   * {@return the text, if it can be stored and shown}
   *
   * @throws io.songe.server.HttpFailure if it is too long, has the character 0 or half a character
   */
  static String checked(String field, String text, int most) {
    Fields.flaw(text, most)
        .ifPresent(flaw -> {
          throw Refused.field(field, field + " " + flaw);
        });
    return text;
  }
}
