package io.songe.text;

/**
 * A token that is recognised as a whole inside any text, before words are looked for.
 *
 * @param content how it is written
 * @param id its id
 * @param normalized whether it is looked for in the normal form of the text, there written in its
 *     own normal form, rather than in the text as it was typed
 * @param special whether decoding leaves it out
 */
record AddedToken(String content, int id, boolean normalized, boolean special) {
  /**
   * A token with the file that gives its id.
   *
   * @param file where it is declared
   * @param token the token
   */
  record Declared(TokenizerFile file, AddedToken token) {}
}
