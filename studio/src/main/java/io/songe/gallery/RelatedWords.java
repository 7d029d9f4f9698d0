package io.songe.gallery;

import io.songe.error.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * What a phrase is about beside its words: a phrase with a fox is also about a "renard", and about
 * animals. The words come from the names and keywords that the Unicode CLDR gives to 1,400 things
 * in English and French; tools/gallery/related_words.py writes them.
 */
final class RelatedWords {
  private static final String FILE = "related-words.tsv.gz";

  /** More than there are, so that empty ones at the end of a line are kept. */
  private static final int COLUMNS = 7;

  private final Map<String, Map<String, Row>> byLanguage;

  /** The words of a line: other names in English and French, and what is around in both. */
  private record Row(List<String> same, List<String> near) {}

  /**
   * What a phrase is about.
   *
   * @param englishNames other names of its things
   * @param frenchNames other names of its things
   * @param english what is around them
   * @param french what is around them
   */
  record Meaning(String englishNames, String frenchNames, String english, String french) {}

  private RelatedWords(Map<String, Map<String, Row>> byLanguage) {
    this.byLanguage = byLanguage;
  }

  /** Read when it is first needed: who only searches does without. */
  private static final class Bundled {
    static final RelatedWords WORDS = load();
  }

  static RelatedWords bundled() {
    return Bundled.WORDS;
  }

  private static RelatedWords load() {
    Map<String, Map<String, Row>> rows =
        Map.of(PhraseAnalysis.ENGLISH, new HashMap<>(), PhraseAnalysis.FRENCH, new HashMap<>());
    try (InputStream file = RelatedWords.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new EngineException("the program's own file " + FILE + " is missing");
      }
      String text = new String(new GZIPInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
      text.lines().forEach(line -> add(line.split("\t", COLUMNS), rows));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new RelatedWords(rows);
  }

  private static void add(String[] columns, Map<String, Map<String, Row>> rows) {
    String language = columns[0].equals("fr") ? PhraseAnalysis.FRENCH : PhraseAnalysis.ENGLISH;
    Map<String, Row> known = rows.getOrDefault(language, Map.of());
    Row row = new Row(List.of(columns[2], columns[3]), List.of(columns[4], columns[5]));
    PhraseAnalysis.words(language, columns[1]).forEach(word -> known.put(word, row));
  }

  /** {@return what a phrase is about} */
  Meaning of(String phrase) {
    List<Set<String>> found =
        List.of(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    for (String language : PhraseAnalysis.languages(phrase)) {
      Map<String, Row> rows = byLanguage.getOrDefault(language, Map.of());
      for (String word : PhraseAnalysis.words(language, phrase)) {
        Row row = rows.get(word);
        if (row != null) {
          add(row.same, found.subList(0, 2));
          add(row.near, found.subList(2, 4));
        }
      }
    }
    return new Meaning(
        joined(found.get(0)), joined(found.get(1)), joined(found.get(2)), joined(found.get(3)));
  }

  private static void add(List<String> columns, List<Set<String>> to) {
    for (int i = 0; i < columns.size(); i++) {
      to.get(i).addAll(Arrays.asList(columns.get(i).split(" ")));
    }
  }

  private static String joined(Collection<String> words) {
    return String.join(" ", words);
  }
}
