package io.songe.data.compose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a thing is called in English, without an article, and how many it names.
 *
 * @param text such as {@code slice of pizza}
 * @param number singular where it can be told for sure
 */
record EnglishNoun(String text, Count number) {
  /** How many things a noun names. */
  enum Count {
    /** One: "a" may stand before it. */
    SINGULAR,
    /** More than one. */
    PLURAL,
    /** Not to be counted, or no noun at all, or it has an article already. */
    NONE
  }

  private static final Map<String, Set<String>> WORDS =
      WordLists.read("english-nouns.txt").stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  List::getFirst,
                  words -> Set.copyOf(words.subList(1, words.size())),
                  (a, b) -> {
                    var both = new java.util.HashSet<>(a);
                    both.addAll(b);
                    return Set.copyOf(both);
                  }));

  private static final Map<String, String> IRREGULAR = irregular();

  /** Words after which the noun that counts is over. */
  private static final Set<String> PREPOSITIONS =
      Set.of(
          "with", "without", "of", "in", "on", "at", "over", "under", "behind", "from", "to", "for",
          "showing", "facing");

  private static final Set<String> ARTICLES =
      Set.of("a", "an", "the", "some", "two", "three", "four", "five", "my", "this", "no");

  /** Nouns in -ing, where other such words say what is done. */
  private static final Set<String> THINGS_IN_ING =
      Set.of(
          "ring",
          "wing",
          "king",
          "string",
          "building",
          "earring",
          "painting",
          "pudding",
          "dumpling",
          "duckling",
          "seedling",
          "spring",
          "swing",
          "wedding",
          "drawing",
          "sling",
          "ceiling");

  static EnglishNoun of(String label) {
    String text = Labels.cleaned(label);
    return new EnglishNoun(text, numberOf(text));
  }

  /** {@return the noun bare, and with each article that it may have} */
  List<String> names() {
    return switch (number) {
      case SINGULAR -> List.of(text, indefinite(text), "the " + text);
      case PLURAL -> List.of(text, "some " + text, "the " + text);
      case NONE -> List.of(text);
    };
  }

  /** {@return the same thing with an adjective before it} */
  EnglishNoun with(String adjective) {
    return new EnglishNoun(adjective + " " + text, number);
  }

  /** {@return several of the thing, where it is sure how that is called} */
  Optional<String> plural() {
    String[] words = text.split(" ", -1);
    int head = head(words);
    boolean unsure =
        number != Count.SINGULAR
            || text.contains(" and ")
            || !words[head].chars().allMatch(Character::isLetter)
            || Arrays.stream(words).skip(1).anyMatch(word -> word.endsWith("ing"));
    if (unsure) {
      return Optional.empty();
    }
    words[head] = pluralOf(words[head]);
    return Optional.of(String.join(" ", words));
  }

  /** {@return a noun with "a" or "an"} */
  static String indefinite(String noun) {
    String first = noun.split("[ ]", 2)[0].toLowerCase(Locale.ROOT);
    boolean vowel = first.isEmpty() || "aeiou8".indexOf(first.charAt(0)) >= 0;
    boolean an = (vowel && !is("consonant", first)) || is("vowel", first);
    return (an ? "an " : "a ") + noun;
  }

  private static Count numberOf(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split(" ", -1);
    String head = words[head(words)];
    boolean noNoun =
        !text.chars().allMatch(c -> Character.isLetter(c) || " -'".indexOf(c) >= 0)
            || ARTICLES.contains(words[0])
            || is("uncountable", head)
            || (head.endsWith("ing") && !THINGS_IN_ING.contains(head));
    if (noNoun) {
      return Count.NONE;
    }
    boolean endsAsPlural =
        head.endsWith("s") && !head.endsWith("ss") && !head.endsWith("us") && !head.endsWith("is");
    return is("plural", head) || (endsAsPlural && !is("singular", head))
        ? Count.PLURAL
        : Count.SINGULAR;
  }

  /** The place of the word that is put in the plural: the last before a preposition. */
  private static int head(String[] words) {
    for (int i = 1; i < words.length; i++) {
      if (PREPOSITIONS.contains(words[i])) {
        return i - 1;
      }
    }
    return words.length - 1;
  }

  private static String pluralOf(String word) {
    String irregular = IRREGULAR.get(word);
    if (irregular != null) {
      return irregular;
    }
    if (word.matches(".*(s|x|z|ch|sh)")) {
      return word + "es";
    }
    return word.matches(".*[^aeiou]y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
  }

  private static boolean is(String list, String word) {
    return WORDS.getOrDefault(list, Set.of()).contains(word);
  }

  private static Map<String, String> irregular() {
    Map<String, String> forms = new HashMap<>();
    for (List<String> words : WordLists.read("english-nouns.txt")) {
      if (words.getFirst().equals("irregular")) {
        forms.put(words.get(1), words.get(2));
      }
    }
    return Map.copyOf(forms);
  }
}
