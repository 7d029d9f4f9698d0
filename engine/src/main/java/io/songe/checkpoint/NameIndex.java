package io.songe.checkpoint;

import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds names of things in phrases, by the words that they share. */
final class NameIndex {
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Words in names that are no things: of both languages, without accents. */
  private static final Set<String> NO_THINGS =
      Stream.of(
              "an the of with and in on at to",
              "un une des de du la le les et au aux avec en dans sur",
              "black blue brown gray grey green orange pink purple red white yellow",
              "noir noire bleu bleue brun brune marron gris grise vert verte rose violet violette",
              "rouge blanc blanche jaune",
              "face head small big tete visage petit petite grand grande")
          .flatMap(words -> Stream.of(words.split(" ", -1)))
          .collect(Collectors.toUnmodifiableSet());

  /** One of the words of a name: which name, at which place in it, and how many words it has. */
  private record Word(int name, int place, int words) {}

  /** Words of names by each form that they may have in a phrase. */
  private final Map<String, Set<Word>> byForm = new HashMap<>();

  NameIndex(Collection<List<String>> names) {
    int name = 0;
    for (String each : (Iterable<String>) names.stream().flatMap(List::stream)::iterator) {
      List<String> words = words(each).toList();
      for (int place = 0; place < words.size(); place++) {
        Word word = new Word(name, place, words.size());
        for (String form : forms(words.get(place))) {
          byForm.computeIfAbsent(form, _ -> new HashSet<>()).add(word);
        }
      }
      name++;
    }
  }

  /**
   * {@return whether a phrase has half of the words of a name or more} Always if there is no word
   * to find, or none in the phrase.
   */
  boolean mayBeNamedIn(String phrase) {
    Set<String> asked =
        words(phrase).flatMap(word -> forms(word).stream()).collect(Collectors.toSet());
    Set<Word> shared =
        asked.stream()
            .flatMap(form -> byForm.getOrDefault(form, Set.of()).stream())
            .collect(Collectors.toSet());
    Map<Integer, Long> sharedOfName =
        shared.stream().collect(Collectors.groupingBy(Word::name, Collectors.counting()));
    return byForm.isEmpty()
        || asked.isEmpty()
        || shared.stream()
            .anyMatch(word -> 2 * sharedOfName.getOrDefault(word.name(), 0L) >= word.words());
  }

  private static Stream<String> words(String text) {
    String letters =
        ACCENTS
            .matcher(Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD))
            .replaceAll("")
            .replace("œ", "oe")
            .replace("æ", "ae");
    return BETWEEN_WORDS
        .splitAsStream(letters)
        .filter(word -> word.length() > 1 && !NO_THINGS.contains(word));
  }

  /** {@return a word, and what it may be the plural of} */
  private static Set<String> forms(String word) {
    Set<String> forms = new HashSet<>(Set.of(word));
    for (String ending : List.of("s", "x", "es")) {
      if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
        forms.add(word.substring(0, word.length() - ending.length()));
      }
    }
    if (word.length() > 4 && word.endsWith("ies")) {
      forms.add(word.substring(0, word.length() - 3) + "y");
    }
    if (word.length() > 4 && word.endsWith("aux")) {
      forms.add(word.substring(0, word.length() - 3) + "al");
    }
    return forms;
  }
}
