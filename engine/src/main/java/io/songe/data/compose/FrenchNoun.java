package io.songe.data.compose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a thing is called in French, without an article. Where the gender is not known, only forms
 * that need none are given.
 *
 * @param text such as {@code pomme de terre}
 * @param gender of its first word, where that is known
 */
record FrenchNoun(String text, Optional<Gender> gender) {
  /** What articles and adjectives agree with. */
  enum Gender {
    /** One, masculine. */
    MASCULINE("un ", "le "),
    /** One, feminine. */
    FEMININE("une ", "la "),
    /** Several, masculine. */
    MASCULINE_PLURAL("des ", "les "),
    /** Several, feminine. */
    FEMININE_PLURAL("des ", "les ");

    private final String indefinite;
    private final String definite;

    Gender(String indefinite, String definite) {
      this.indefinite = indefinite;
      this.definite = definite;
    }

    boolean plural() {
      return this == MASCULINE_PLURAL || this == FEMININE_PLURAL;
    }
  }

  private static final Map<String, Gender> GENDERS = new HashMap<>();
  private static final Set<String> WITHOUT_ELISION = new HashSet<>();

  static {
    for (List<String> words : WordLists.read("french-nouns.txt")) {
      List<String> nouns = words.subList(1, words.size());
      switch (words.getFirst()) {
        case "m" -> nouns.forEach(noun -> GENDERS.put(noun, Gender.MASCULINE));
        case "f" -> nouns.forEach(noun -> GENDERS.put(noun, Gender.FEMININE));
        case "mp" -> nouns.forEach(noun -> GENDERS.put(noun, Gender.MASCULINE_PLURAL));
        case "fp" -> nouns.forEach(noun -> GENDERS.put(noun, Gender.FEMININE_PLURAL));
        default -> WITHOUT_ELISION.addAll(nouns);
      }
    }
  }

  /** Words before which an adjective stands, as what follows describes the noun. */
  private static final Set<String> DESCRIBING =
      Set.of("avec", "qui", "aux", "sur", "dans", "sous", "derrière", "sans", "et", "faisant");

  /** Words after which a label of several words has its first noun alone in the plural. */
  private static final Set<String> JOINING =
      Set.of("de", "d", "du", "des", "à", "en", "avec", "sans");

  private static final Set<String> PLURAL_IN_X =
      Set.of("bijou", "caillou", "chou", "genou", "hibou", "joujou", "pou");

  static FrenchNoun of(String label) {
    String text = Labels.cleaned(label);
    boolean noun = !text.contains(":") && !text.contains("/");
    return new FrenchNoun(
        text, noun ? Optional.ofNullable(GENDERS.get(firstWord(text))) : Optional.empty());
  }

  /** {@return the noun bare, and with each article that it may have} */
  List<String> names() {
    return gender
        .map(known -> List.of(text, known.indefinite + text, withDefinite(known)))
        .orElse(List.of(text));
  }

  /** {@return the thing in a colour, first in the form that is most often typed} */
  List<FrenchNoun> in(Tint tint) {
    FrenchNoun neutral = inserted("de couleur " + tint.agreeing(Gender.FEMININE));
    return gender
        .map(known -> List.of(inserted(tint.agreeing(known)), neutral))
        .orElse(List.of(neutral, inserted(tint.french())));
  }

  /** {@return the thing called small or tiny, where the gender is known} */
  Optional<FrenchNoun> small(String masculine, String feminine) {
    return gender
        .filter(known -> !known.plural())
        .map(known ->
            new FrenchNoun((known == Gender.MASCULINE ? masculine : feminine) + text, gender));
  }

  /** {@return several of the thing, where it is sure how that is called} */
  Optional<String> plural() {
    if (gender.isEmpty() || gender.get().plural()) {
      return Optional.empty();
    }
    String[] words = text.split("(?=[ '])", 3);
    boolean sure =
        words[0].chars().allMatch(Character::isLetter)
            && (words.length == 1 || JOINING.contains(words[1].substring(1)));
    return sure
        ? Optional.of(pluralOf(words[0]) + text.substring(words[0].length()))
        : Optional.empty();
  }

  /** {@return "de" and a name: "du renard", "d'une pomme", "de la pomme"} */
  static String after(String preposition, String name) {
    if (!preposition.endsWith("de")) {
      return preposition + " " + name;
    }
    String stem = preposition.substring(0, preposition.length() - 2);
    if (name.startsWith("le ")) {
      return stem + "du " + name.substring(3);
    }
    if (name.startsWith("les ")) {
      return stem + "des " + name.substring(4);
    }
    if (name.startsWith("des ")) {
      return stem + (elides(name.substring(4)) ? "d'" : "de ") + name.substring(4);
    }
    return stem + (elides(name) ? "d'" : "de ") + name;
  }

  private String withDefinite(Gender known) {
    return elides(text) && !known.plural() ? "l'" + text : known.definite + text;
  }

  /** The noun with a description behind what belongs to it. */
  private FrenchNoun inserted(String description) {
    String[] words = text.split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      if (DESCRIBING.contains(words[i])) {
        String before = String.join(" ", Arrays.copyOf(words, i));
        String behind = String.join(" ", Arrays.copyOfRange(words, i, words.length));
        return new FrenchNoun(before + " " + description + " " + behind, gender);
      }
    }
    return new FrenchNoun(text + " " + description, gender);
  }

  private static boolean elides(String name) {
    String first = firstWord(name);
    return !first.isEmpty()
        && "aàâeéèêëiîïoôœuùûh".indexOf(first.charAt(0)) >= 0
        && !WITHOUT_ELISION.contains(first);
  }

  private static String firstWord(String text) {
    return text.toLowerCase(Locale.ROOT).split("[ ',]", 2)[0];
  }

  private static String pluralOf(String word) {
    if (word.equals("œil")) {
      return "yeux";
    }
    if (word.matches(".*[sxz]")) {
      return word;
    }
    if (word.matches(".*(au|eu|œu)") || PLURAL_IN_X.contains(word)) {
      return word + "x";
    }
    return word.endsWith("al") ? word.substring(0, word.length() - 1) + "ux" : word + "s";
  }
}
