package io.songe.data.compose;

import io.songe.data.Language;
import io.songe.random.Draws;
import java.util.Set;
import java.util.function.Function;

/**
 * The captions of a composition.
 *
 * @param languages in which all its subjects have names; at least one
 * @param draws decide between the wordings
 * @param wording words the composition
 */
record Words(Set<Language> languages, Draws draws, Function<Wordings, String> wording) {
  /** {@return the caption that belongs to a number, in a language if there is one} */
  String in(Language language, long choice) {
    Language spoken = spoken(language, languages);
    return wording.apply(new Wordings(spoken, new Dice(draws.in(choice))));
  }

  /** {@return the language asked for if it is among those there are, else one of those} */
  static Language spoken(Language asked, Set<Language> languages) {
    return languages.contains(asked) ? asked : languages.iterator().next();
  }
}
