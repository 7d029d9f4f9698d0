package io.songe.text;

import io.songe.text.Merges.Merge;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Byte-pair encoding of one word: it begins as a token for each byte, the last one marked as the
 * word's end, and neighbours are joined, the earliest learned pair first, as long as any pair is
 * known. Sennrich et al. 2016, algorithm 1, on bytes as in Radford et al. 2019 (GPT-2).
 */
final class BytePairs {
  /** What the last token of a word ends in. */
  static final String END_OF_WORD = "</w>";

  private static final int NONE = -1;

  /** A pair that may be merged, if neither side has changed by the time it is its turn. */
  private record Candidate(int rank, int position, int result) {}

  private static final Comparator<Candidate> EARLIEST_LEARNED_THEN_LEFTMOST =
      Comparator.comparingInt(Candidate::rank).thenComparingInt(Candidate::position);

  private final Merges merges;
  private final int[] innerByte = new int[256];
  private final int[] lastByte = new int[256];

  /**
   * An encoder of words.
   *
   * @param vocabulary the tokens
   * @param merges what joins
   * @param unknown the id of a byte that the vocabulary lacks
   */
  BytePairs(Vocabulary vocabulary, Merges merges, int unknown) {
    this.merges = merges;
    for (int value = 0; value < 256; value++) {
      String token = Character.toString(ByteAlphabet.character(value));
      innerByte[value] = vocabulary.id(token).orElse(unknown);
      lastByte[value] = vocabulary.id(token + END_OF_WORD).orElse(unknown);
    }
  }

  /**
   * The tokens of a word.
   *
   * @param word its bytes, at least one
   * @return ids of tokens that spell the word
   */
  IntStream encode(byte[] word) {
    int length = word.length;
    var symbols = new int[length];
    var previous = new int[length];
    var next = new int[length];
    for (int position = 0; position < length; position++) {
      symbols[position] = innerByte[word[position] & 0xFF];
      previous[position] = position - 1;
      next[position] = position + 1;
    }
    symbols[length - 1] = lastByte[word[length - 1] & 0xFF];
    next[length - 1] = NONE;

    // A queue, as a word of one prompt's length would take a scan of it for each of its letters.
    var candidates = new PriorityQueue<>(EARLIEST_LEARNED_THEN_LEFTMOST);
    for (int position = 0; position < length - 1; position++) {
      offer(candidates, symbols, position, position + 1);
    }
    for (Candidate top = candidates.poll(); top != null; top = candidates.poll()) {
      int left = top.position();
      int right = next[left];
      if (symbols[left] == NONE || right == NONE) {
        continue;
      }
      Merge merge = merges.of(symbols[left], symbols[right]);
      if (merge == null || merge.result() != top.result()) {
        continue;
      }
      symbols[left] = merge.result();
      symbols[right] = NONE;
      next[left] = next[right];
      if (next[left] != NONE) {
        previous[next[left]] = left;
        offer(candidates, symbols, left, next[left]);
      }
      if (previous[left] != NONE) {
        offer(candidates, symbols, previous[left], left);
      }
    }
    return Arrays.stream(symbols).filter(symbol -> symbol != NONE);
  }

  boolean agreesWith(BytePairs other) {
    return merges.agreesWith(other.merges)
        && Arrays.equals(innerByte, other.innerByte)
        && Arrays.equals(lastByte, other.lastByte);
  }

  private void offer(PriorityQueue<Candidate> candidates, int[] symbols, int left, int right) {
    Merge merge = merges.of(symbols[left], symbols[right]);
    if (merge != null) {
      candidates.add(new Candidate(merge.rank(), left, merge.result()));
    }
  }
}
