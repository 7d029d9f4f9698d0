package io.songe.image;

import java.util.Locale;
import java.util.Optional;

/** Texts as JSON strings (RFC 8259, section 7), with characters beyond ASCII left as they are. */
final class JsonString {
  private JsonString() {}

  /** {@return the text in quotes} */
  static String write(String text) {
    var json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (character < ' ') {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
          } else {
            json.append(character);
          }
        }
      }
    }
    return json.append('"').toString();
  }

  /**
   * Reads a JSON string.
   *
   * @param json all of it, with its quotes
   * @return the text; nothing if this is not one JSON string
   */
  static Optional<String> read(String json) {
    int end = json.length() - 1;
    if (end < 1 || json.charAt(0) != '"' || json.charAt(end) != '"') {
      return Optional.empty();
    }
    var text = new StringBuilder(end);
    int position = 1;
    while (position < end) {
      char character = json.charAt(position++);
      if (character == '"' || character < ' ') {
        return Optional.empty();
      }
      if (character != '\\') {
        text.append(character);
        continue;
      }
      char escaped = json.charAt(position++);
      if (position > end) {
        return Optional.empty();
      }
      if (escaped == 'u') {
        int code = position + 4 <= end ? hexadecimal(json, position) : -1;
        if (code < 0) {
          return Optional.empty();
        }
        text.append((char) code);
        position += 4;
      } else {
        int kind = "\"\\/bfnrt".indexOf(escaped);
        if (kind < 0) {
          return Optional.empty();
        }
        text.append("\"\\/\b\f\n\r\t".charAt(kind));
      }
    }
    return Optional.of(text.toString());
  }

  private static int hexadecimal(String json, int from) {
    int code = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = json.charAt(i) < 128 ? Character.digit(json.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      code = 16 * code + digit;
    }
    return code;
  }
}
