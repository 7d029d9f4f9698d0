package io.songe.evaluate.judge;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The pieces that a phrase is known by: its words, and three letters in a row of each word with its
 * two ends marked. A piece is a number below a bound, by hashing: there is no vocabulary, so no
 * word is unknown, and different pieces may now and then share a number.
 *
 * @param buckets the bound, at least 2; the number 0 stands for nothing
 */
record WordPieces(int buckets) {
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int LETTERS = 3;

  /** Pieces of a phrase beyond this many are not looked at. */
  private static final int MOST = 96;

  /** Phrases side by side. */
  static final class Batch {
    /** How many pieces the longest has, at least 1. */
    final int longest;

    /** [phrases, longest]; 0 behind the end of a phrase. */
    final long[] ids;

    /** [phrases, longest]; of a phrase with n pieces 1/n each, and 0 behind its end. */
    final float[] weights;

    private Batch(int longest, long[] ids, float[] weights) {
      this.longest = longest;
      this.ids = ids;
      this.weights = weights;
    }

    /** How many phrases. */
    int count() {
      return ids.length / longest;
    }
  }

  /** The numbers of a phrase's pieces. */
  List<Integer> of(String phrase) {
    String plain = Normalizer.normalize(phrase.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    List<Integer> pieces = new ArrayList<>();
    for (String word : BETWEEN_WORDS.splitAsStream(plain).toList()) {
      if (!word.isEmpty()) {
        pieces.add(bucket(word));
        String marked = "<" + word + ">";
        for (int i = 0; i + LETTERS <= marked.length(); i++) {
          pieces.add(bucket("3" + marked.substring(i, i + LETTERS)));
        }
      }
    }
    return pieces.size() > MOST ? pieces.subList(0, MOST) : pieces;
  }

  /** A batch of phrases. */
  Batch batch(List<String> phrases) {
    List<List<Integer>> pieces = phrases.stream().map(this::of).toList();
    int longest = Math.max(1, pieces.stream().mapToInt(List::size).max().orElse(1));
    long[] ids = new long[phrases.size() * longest];
    float[] weights = new float[ids.length];
    for (int i = 0; i < phrases.size(); i++) {
      List<Integer> all = pieces.get(i);
      for (int j = 0; j < all.size(); j++) {
        ids[i * longest + j] = all.get(j);
        weights[i * longest + j] = 1f / all.size();
      }
    }
    return new Batch(longest, ids, weights);
  }

  /** Fowler, Noll and Vo's hash (FNV-1a, 64 bits) of the characters, brought below the bound. */
  private int bucket(String piece) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < piece.length(); i++) {
      hash = (hash ^ piece.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    return 1 + (int) Long.remainderUnsigned(hash, buckets - 1L);
  }
}
