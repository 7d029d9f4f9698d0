package io.songe.checkpoint;

import java.text.Normalizer;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model was taught to draw, by name. A small model knows few things, and draws one of them,
 * or a blot, where it is asked for another: with this, one can say so.
 */
public final class TaughtThings {
  /** Of a model that does not say what it was taught. */
  public static final TaughtThings UNSAID = new TaughtThings(Map.of());

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

  private final Map<String, List<String>> names;

  /** For each name its words, each in the forms that it may have. */
  private final List<List<Set<String>>> known;

  /**
   * Things by their names.
   *
   * @param names by the code of their language, such as {@code en}: short, without an article, such
   *     as {@code red apple}
   */
  public TaughtThings(Map<String, List<String>> names) {
    Map<String, List<String>> copy = new TreeMap<>();
    names.forEach((language, each) -> copy.put(language, List.copyOf(each)));
    this.names = Collections.unmodifiableMap(copy);
    this.known =
        copy.values().stream()
            .flatMap(List::stream)
            .map(name -> words(name).map(TaughtThings::forms).toList())
            .filter(words -> !words.isEmpty())
            .toList();
  }

  /** {@return the names, by the code of their language} */
  public Map<String, List<String>> names() {
    return names;
  }

  /** {@return the names in a language; none if the model does not say them} */
  public List<String> names(Locale language) {
    return names.getOrDefault(language.getLanguage(), List.of());
  }

  /**
   * {@return whether a phrase may name one of them} It may if it has half of the words of a name or
   * more, in the singular or the plural, with accents or without. Always true of a model that does
   * not say what it was taught, and of a phrase that names nothing at all.
   *
   * @param phrase in any language
   */
  public boolean mayBeNamedIn(String phrase) {
    Set<String> asked =
        words(phrase).flatMap(word -> forms(word).stream()).collect(Collectors.toSet());
    return known.isEmpty()
        || asked.isEmpty()
        || known.stream().anyMatch(name -> 2 * shared(name, asked) >= name.size());
  }

  private static long shared(List<Set<String>> name, Set<String> asked) {
    return name.stream().filter(word -> word.stream().anyMatch(asked::contains)).count();
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

  @Override
  public boolean equals(Object other) {
    return other instanceof TaughtThings things && names.equals(things.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public String toString() {
    return names.toString();
  }
}
