package io.songe.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * The two neighbours that are seen most often in words become one token, again and again. Sennrich
 * et al. 2016, algorithm 1, on bytes as in Radford et al. 2019 (GPT-2). Counts are kept from one
 * merge to the next; only the words that a merge changes are counted again.
 *
 * <p>Of pairs seen equally often, the one whose left token was learned first is taken, then the one
 * whose right token was. The bytes come before all others, in the order of their characters, those
 * inside a word before those at its end.
 */
final class PairMerging {
  private record Pair(int left, int right) {}

  private record Candidate(Pair pair, long count) {}

  /** A word as it is spelled so far, and how often it is seen. */
  private static final class Word {
    private final long count;
    private int[] spelling;

    private Word(long count, int[] spelling) {
      this.count = count;
      this.spelling = spelling;
    }
  }

  private static final Comparator<Candidate> MOST_FREQUENT_THEN_EARLIEST_LEARNED =
      Comparator.comparingLong(Candidate::count)
          .reversed()
          .thenComparingInt(candidate -> candidate.pair().left())
          .thenComparingInt(candidate -> candidate.pair().right());

  private final List<String> tokens = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> merges = new ArrayList<>();
  private final Map<Pair, Long> counts = new HashMap<>();
  private final Map<Pair, Set<Word>> places = new HashMap<>();
  private final PriorityQueue<Candidate> candidates =
      new PriorityQueue<>(MOST_FREQUENT_THEN_EARLIEST_LEARNED);

  /**
   * Begins with single bytes.
   *
   * @param words and how often each is seen
   */
  PairMerging(Map<String, Long> words) {
    List<String> letters = ByteAlphabet.printableFirst();
    letters.forEach(this::id);
    letters.forEach(letter -> id(letter + BytePairs.END_OF_WORD));
    new TreeMap<>(words).forEach((word, count) -> count(new Word(count, bytes(word)), 1));
    counts.forEach((pair, count) -> candidates.add(new Candidate(pair, count)));
  }

  /** Merges until there are so many tokens, or all words are single tokens. */
  void run(int size) {
    while (tokens.size() < size) {
      Candidate top = candidates.poll();
      if (top == null) {
        return;
      }
      long now = counts.getOrDefault(top.pair(), 0L);
      if (now == top.count()) {
        merge(top.pair());
      } else if (now > 0) {
        candidates.add(new Candidate(top.pair(), now));
      }
    }
  }

  /** {@return the tokens in the order in which they were learned} */
  List<String> tokens() {
    return List.copyOf(tokens);
  }

  /** {@return the pairs in the order in which they were merged, the two with a space between} */
  List<String> merges() {
    return List.copyOf(merges);
  }

  private void merge(Pair pair) {
    String left = tokens.get(pair.left());
    String right = tokens.get(pair.right());
    int joined = id(left + right);
    merges.add(left + " " + right);
    Set<Pair> grown = new HashSet<>();
    for (Word word : List.copyOf(places.getOrDefault(pair, Set.of()))) {
      count(word, -1);
      word.spelling = joined(word.spelling, pair, joined);
      count(word, 1);
      for (int i = 1; i < word.spelling.length; i++) {
        if (word.spelling[i - 1] == joined || word.spelling[i] == joined) {
          grown.add(new Pair(word.spelling[i - 1], word.spelling[i]));
        }
      }
    }
    grown.forEach(next -> candidates.add(new Candidate(next, counts.getOrDefault(next, 0L))));
  }

  /** Adds a word's pairs to the counts, or takes them away. */
  private void count(Word word, int sign) {
    for (int i = 1; i < word.spelling.length; i++) {
      var pair = new Pair(word.spelling[i - 1], word.spelling[i]);
      long count = counts.merge(pair, sign * word.count, Long::sum);
      if (count == 0) {
        counts.remove(pair);
      }
      Set<Word> its = places.computeIfAbsent(pair, _ -> new HashSet<>());
      if (sign > 0) {
        its.add(word);
      } else {
        its.remove(word);
      }
    }
  }

  private static int[] joined(int[] spelling, Pair pair, int joined) {
    var result = new int[spelling.length];
    int length = 0;
    for (int i = 0; i < spelling.length; i++) {
      boolean both =
          i + 1 < spelling.length && spelling[i] == pair.left() && spelling[i + 1] == pair.right();
      result[length++] = both ? joined : spelling[i];
      i += both ? 1 : 0;
    }
    return Arrays.copyOf(result, length);
  }

  private int[] bytes(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    var spelling = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      String letter = String.valueOf(ByteAlphabet.character(bytes[i] & 0xff));
      spelling[i] = id(i < bytes.length - 1 ? letter : letter + BytePairs.END_OF_WORD);
    }
    return spelling;
  }

  /** The id of a token; different pairs may join to one. */
  private int id(String token) {
    return ids.computeIfAbsent(
        token,
        fresh -> {
          tokens.add(fresh);
          return tokens.size() - 1;
        });
  }
}
