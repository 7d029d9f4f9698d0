package io.songe.evaluate;

import io.songe.data.Language;

/**
 * A picture that is asked for.
 *
 * @param drawing position of the drawing whose caption is the phrase
 * @param language of the phrase
 * @param phrase what is asked for
 * @param seed of the picture
 */
record Commission(int drawing, Language language, String phrase, long seed) {
  /** The languages one after the other. */
  static Language languageByTurns(int number) {
    return number % 2 == 0 ? Language.ENGLISH : Language.FRENCH;
  }
}
