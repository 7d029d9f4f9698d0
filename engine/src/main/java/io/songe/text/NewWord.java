package io.songe.text;

import io.songe.error.InvalidRequestException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A word that a tokenizer learns beside its vocabulary, and that stands for tokens of its own.
 *
 * @param spellings each of which is the word; upper and lower case are the same
 * @param tokens the number of its tokens, at least 1
 */
public record NewWord(List<String> spellings, int tokens) {
  /**
   * A checked word.
   *
   * @throws InvalidRequestException if it has no spelling, or a blank one, or no tokens
   */
  public NewWord {
    spellings = List.copyOf(spellings);
    if (spellings.isEmpty() || tokens < 1) {
      throw new InvalidRequestException(
          "a new word needs a spelling and at least one token, got %s and %d"
              .formatted(spellings, tokens));
    }
    for (String spelling : spellings) {
      if (normalized(spelling).isEmpty()) {
        throw new InvalidRequestException(
            "the new word '%s' has no letters; rename its file".formatted(spelling));
      }
    }
  }

  /** {@return its spellings as texts are compared with them, each once} */
  public Set<String> distinctSpellings() {
    return spellings.stream().map(NewWord::normalized).collect(Collectors.toUnmodifiableSet());
  }

  /** {@return a spelling as texts are compared with it} */
  static String normalized(String spelling) {
    return ClipNormalization.normalize(ClipNormalization.wellFormed(spelling)).strip();
  }
}
