package io.songe.cli;

/**
 * Foreign text made fit for a terminal: control codes would steer it, and format codes (such as
 * right-to-left marks) would make it show what is not there.
 */
final class Printable {
  private Printable() {}

  /** {@return the text on one line} */
  static String line(String foreign) {
    return replaced(foreign, false);
  }

  /** {@return the text, its line feeds kept} */
  static String lines(String foreign) {
    return replaced(foreign.replace("\r\n", "\n"), true);
  }

  /** {@return a JSON text in which such codes are escaped} */
  static String json(String json) {
    StringBuilder out = new StringBuilder(json.length());
    json.chars()
        .forEach(unit -> {
          // In JSON they stand inside strings only, where every unit may be written so.
          if (isCode(unit)) {
            out.append(String.format("\\u%04x", unit));
          } else {
            out.append((char) unit);
          }
        });
    return out.toString();
  }

  private static String replaced(String foreign, boolean lineFeeds) {
    StringBuilder out = new StringBuilder(foreign.length());
    foreign
        .codePoints()
        .forEach(c -> {
          if (c == '\n' && lineFeeds) {
            out.append('\n');
          } else if (c == '\n' || c == '\t') {
            out.append(' ');
          } else if (isCode(c)) {
            out.append('\uFFFD');
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }

  private static boolean isCode(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      // Joiners make one emoji of several.
      case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D && codePoint < 0xE0000;
      default -> false;
    };
  }
}
