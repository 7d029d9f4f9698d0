package io.songe.text;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * What the reference does to a text before it looks for words: canonical composition (NFC), every
 * run of white space to one space, lower case character by character.
 *
 * <p>Each of the three is subtly not what the JDK's one call does, and the ids depend on it. The
 * characters that Unicode 16 knows, which are those of JDK 25, come out exactly as the reference's.
 */
final class ClipNormalization {
  /**
   * Characters that compose or reorder today but were unknown to Unicode 9, the version of the
   * reference's NFC tables: there they are inert. Hexadecimal, single or as first-last.
   */
  private static final String UNKNOWN_TO_NFC =
      """
      07FD 0897-089F 08CA-08D3 09FE 0C3C 0D3B-0D3C 0EBA 1715 1ABF-1ACE 1DF6-1DFA A82C
      105C9 105D2 105DA 105E4 10D24-10D27 10D69-10D6D 10EAB-10EAC 10EFD-10EFF 10F46-10F50
      10F82-10F85 11070 1133B 11382-11385 1138B 1138E 11390-11391 113B8 113BB 113C2 113C5
      113C7-113C9 113CE-113D0 1145E 11839-1183A 11930 11935 11938 1193D-1193E 11943 119E0
      11A34 11A47 11A99 11D42 11D44-11D45 11D97 11F41-11F42 1611E-16129 1612F 16D63 16D67-16D6A
      16FF0-16FF1 1E08F 1E130-1E136 1E2AE 1E2EC-1E2EF 1E4EC-1E4EF 1E5EE-1E5EF
      """;

  private static final BitSet INERT = ranges(UNKNOWN_TO_NFC);

  private static final int CAPITAL_I_WITH_DOT = 0x130;

  private ClipNormalization() {}

  /**
   * The normal form of a text.
   *
   * @param text any well-formed text
   * @return the text composed, in lower case, with no white space but single spaces
   */
  static String normalize(String text) {
    return lowerCase(collapseWhiteSpace(compose(text)));
  }

  /**
   * The text with U+FFFD for every half surrogate pair. The reference cannot be given such a text.
   */
  static String wellFormed(String text) {
    return mapCodePoints(
        text,
        (character, result) ->
            result.appendCodePoint(
                Character.getType(character) == Character.SURROGATE ? 0xFFFD : character));
  }

  /** NFC, with inert characters left alone: nothing composes with them or moves across them. */
  private static String compose(String text) {
    var result = new StringBuilder(text.length());
    int start = 0;
    for (int index = 0; index < text.length(); ) {
      int character = text.codePointAt(index);
      int next = index + Character.charCount(character);
      if (INERT.get(character)) {
        result.append(Normalizer.normalize(text.substring(start, index), Normalizer.Form.NFC));
        result.appendCodePoint(character);
        start = next;
      }
      index = next;
    }
    return result
        .append(Normalizer.normalize(text.substring(start), Normalizer.Form.NFC))
        .toString();
  }

  private static String collapseWhiteSpace(String text) {
    return mapCodePoints(
        text,
        (character, result) -> {
          if (!isWhiteSpace(character)) {
            result.appendCodePoint(character);
          } else if (result.isEmpty() || result.charAt(result.length() - 1) != ' ') {
            result.append(' ');
          }
        });
  }

  /**
   * White space by Unicode's property of that name. {@link Character#isWhitespace} leaves out the
   * no-break spaces and U+0085, and has the separators U+001C to U+001F too many.
   */
  private static boolean isWhiteSpace(int character) {
    return (character >= '\t' && character <= '\r')
        || character == 0x85
        || Character.isSpaceChar(character);
  }

  /**
   * Lower case of each character alone. {@link String#toLowerCase} looks around: it has another
   * sigma at the end of a word, and other rules for some languages.
   */
  private static String lowerCase(String text) {
    return mapCodePoints(
        text,
        (character, result) -> {
          if (character == CAPITAL_I_WITH_DOT) {
            result.append("i\u0307");
          } else {
            result.appendCodePoint(Character.toLowerCase(character));
          }
        });
  }

  private interface CharacterMapping {
    void append(int character, StringBuilder result);
  }

  private static String mapCodePoints(String text, CharacterMapping mapping) {
    var result = new StringBuilder(text.length());
    for (int index = 0; index < text.length(); ) {
      int character = text.codePointAt(index);
      mapping.append(character, result);
      index += Character.charCount(character);
    }
    return result.toString();
  }

  private static BitSet ranges(String list) {
    var characters = new BitSet();
    for (String range : list.strip().split("\\s+", -1)) {
      int dash = range.indexOf('-');
      int first = HexFormat.fromHexDigits(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : HexFormat.fromHexDigits(range.substring(dash + 1));
      characters.set(first, last + 1);
    }
    return characters;
  }
}
