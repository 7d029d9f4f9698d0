package io.songe.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Which two neighbouring tokens join to which, and in which order of precedence. */
final class Merges {
  /**
   * What a pair becomes.
   *
   * @param rank its place in the list; the lowest is merged first
   * @param result the id of the joined token
   */
  record Merge(int rank, int result) {}

  private final TokenizerFile file;
  private final Vocabulary vocabulary;
  private final Map<Long, Merge> merges = new HashMap<>();

  private Merges(TokenizerFile file, Vocabulary vocabulary) {
    this.file = file;
    this.vocabulary = vocabulary;
  }

  /**
   * Merges from a text file, a pair separated by one space on each line, the earliest learned
   * first. A line that starts with {@code #version} is a heading.
   *
   * @param file the file
   * @param vocabulary has both tokens of each pair and what they join to
   * @return the merges
   */
  static Merges read(TokenizerFile file, Vocabulary vocabulary) {
    return of(file, file.text().lines().toList(), vocabulary);
  }

  /**
   * Merges from lines.
   *
   * @param file that they are of
   * @param lines as {@link #read(TokenizerFile, Vocabulary)} describes them
   * @param vocabulary has both tokens of each pair and what they join to
   * @return the merges
   */
  static Merges of(TokenizerFile file, List<String> lines, Vocabulary vocabulary) {
    var merges = new Merges(file, vocabulary);
    int number = 0;
    for (String line : lines) {
      number++;
      if (!line.startsWith("#version")) {
        merges.add("line " + number, line.split(" ", -1));
      }
    }
    return merges;
  }

  /**
   * Merges from an array in a JSON file, of {@code "a b"} or of {@code ["a", "b"]}.
   *
   * @param file the file
   * @param array the pairs, the earliest learned first
   * @param vocabulary has both tokens of each pair and what they join to
   * @return the merges
   */
  static Merges read(TokenizerFile file, JsonNode array, Vocabulary vocabulary) {
    if (!array.isArray()) {
      throw file.broken("has no merges, an array of pairs of tokens; fetch it again");
    }
    var merges = new Merges(file, vocabulary);
    for (int index = 0; index < array.size(); index++) {
      JsonNode pair = array.get(index);
      merges.add(
          "merge " + index,
          pair.isString()
              ? pair.stringValue().split(" ", -1)
              : pair.valueStream().map(part -> part.asString("")).toArray(String[]::new));
    }
    return merges;
  }

  /** {@return what two neighbouring tokens join to, null if they do not} */
  @Nullable Merge of(int left, int right) {
    return merges.get(key(left, right));
  }

  boolean agreesWith(Merges other) {
    return merges.equals(other.merges);
  }

  private void add(String where, String[] pair) {
    if (pair.length != 2 || pair[0].isEmpty() || pair[1].isEmpty()) {
      throw file.broken("should have two tokens in %s; fetch it again", where);
    }
    int left = known(where, pair[0]);
    int right = known(where, pair[1]);
    int result = known(where, pair[0] + pair[1]);
    if (merges.put(key(left, right), new Merge(merges.size(), result)) != null) {
      throw file.broken(
          "merges \"%s\" and \"%s\" again in %s; fetch it again", pair[0], pair[1], where);
    }
  }

  private int known(String where, String token) {
    return vocabulary
        .id(token)
        .orElseThrow(() ->
            file.broken(
                "has the token \"%s\" in %s, which the vocabulary does not; do the files belong together?",
                token, where));
  }

  private static long key(int left, int right) {
    return (long) left << Integer.SIZE | right;
  }
}
