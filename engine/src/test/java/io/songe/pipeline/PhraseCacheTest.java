package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;
import io.songe.text.syntax.PromptSyntax;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhraseCacheTest {
  private final List<String> encoded = new ArrayList<>();
  private final PhraseCache cache = new PhraseCache(25);

  /** Each phrase has 10 numbers. */
  private EncodedPhrase get(String phrase, PromptReading reading) {
    return cache.get(
        new PhraseCache.Key(0, phrase, reading),
        () -> {
          encoded.add(phrase);
          try (Scope _ = Scope.open()) {
            return new EncodedPhrase(1, 1, Tensor.zeros(1, 4, 2), Tensor.zeros(1, 2));
          }
        });
  }

  private EncodedPhrase get(String phrase) {
    return get(phrase, PromptReading.usual());
  }

  @Test
  void a_phrase_is_encoded_once() {
    EncodedPhrase first = get("a");

    assertThat(get("a")).isSameAs(first);
    assertThat(encoded).containsExactly("a");
  }

  @Test
  void the_one_that_was_not_wanted_for_longest_is_forgotten() {
    get("a");
    get("b");
    get("a");
    get("c");

    get("a");
    get("b");

    assertThat(encoded).containsExactly("a", "b", "c", "b");
  }

  @Test
  void a_phrase_read_in_another_way_is_another() {
    get("a", new PromptReading(PromptSyntax.A1111, 1));
    get("a", new PromptReading(PromptSyntax.A1111, 2));
    get("a", new PromptReading(PromptSyntax.PLAIN, 1));

    assertThat(encoded).hasSize(3);
  }

  @Test
  void a_phrase_larger_than_all_is_not_kept() {
    PhraseCache small = new PhraseCache(9);
    PhraseCache.Key key = new PhraseCache.Key(0, "a", PromptReading.usual());
    EncodedPhrase large = get("a");

    small.get(key, () -> large);
    EncodedPhrase again = small.get(key, () -> get("b"));

    assertThat(again).isNotSameAs(large);
  }
}
