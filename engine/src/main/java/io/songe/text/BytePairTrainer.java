package io.songe.text;

import io.songe.error.InvalidRequestException;
import java.util.HashMap;
import java.util.Map;

/**
 * Learns a tokenizer from texts, which are normalised and cut into words as CLIP's are. The same
 * texts give the same tokenizer, in whatever order they are added.
 */
public final class BytePairTrainer {
  /** All bytes inside and at the end of words, and the begin and end tokens. */
  public static final int SMALLEST_VOCABULARY = 2 * 256 + 2;

  private final int size;
  private final Map<String, Long> words = new HashMap<>();

  /**
   * A trainer that has seen nothing.
   *
   * @param vocabulary how many tokens to learn, bytes and begin and end tokens included; there are
   *     fewer if the texts have no more
   * @throws InvalidRequestException if not even the bytes would find room
   */
  public BytePairTrainer(int vocabulary) {
    if (vocabulary < SMALLEST_VOCABULARY) {
      throw new InvalidRequestException(
          "a vocabulary has at least %d tokens, which are the bytes and two marks, got %d"
              .formatted(SMALLEST_VOCABULARY, vocabulary));
    }
    this.size = vocabulary;
  }

  /**
   * Counts the words of a text.
   *
   * @param text any
   */
  public void add(String text) {
    String normal = ClipNormalization.normalize(ClipNormalization.wellFormed(text));
    for (String word : ClipWords.of(normal)) {
      words.merge(word, 1L, Long::sum);
    }
  }

  /**
   * Learns from all that was added.
   *
   * @return what was learned
   */
  public LearntTokenizer train() {
    var merging = new PairMerging(words);
    merging.run(size - 2);
    return new LearntTokenizer(merging.tokens(), merging.merges());
  }
}
