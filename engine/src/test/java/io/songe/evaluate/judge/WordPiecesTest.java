package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordPiecesTest {
  private final WordPieces pieces = new WordPieces(4096);

  @Test
  void case_and_signs_between_words_do_not_matter() {
    assertThat(pieces.of("Red, APPLE!")).isEqualTo(pieces.of("red apple"));
  }

  @Test
  void a_word_is_known_by_itself_and_three_letters_in_a_row() {
    // apple, <ap, app, ppl, ple, le>
    assertThat(pieces.of("apple")).hasSize(6);
  }

  @Test
  void words_that_look_alike_share_pieces() {
    Set<Integer> shared = new HashSet<>(pieces.of("giraffe"));
    shared.retainAll(pieces.of("girafe"));

    assertThat(shared).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void composed_and_decomposed_accents_are_the_same() {
    assertThat(pieces.of("e\u0301toile")).isEqualTo(pieces.of("\u00e9toile"));
  }

  @Test
  void an_endless_phrase_is_cut() {
    assertThat(pieces.of("word ".repeat(10_000))).hasSize(96);
  }

  @Test
  void a_batch_weighs_each_phrase_as_one() {
    WordPieces.Batch batch = pieces.batch(List.of("a", "much longer phrase", ""));

    assertThat(batch.count()).isEqualTo(3);
    assertThat(sum(batch, 0)).isEqualTo(1, within(1e-5));
    assertThat(sum(batch, 1)).isEqualTo(1, within(1e-5));
    assertThat(sum(batch, 2)).isZero();
  }

  private static double sum(WordPieces.Batch batch, int phrase) {
    double sum = 0;
    for (int i = 0; i < batch.longest; i++) {
      sum += batch.weights[phrase * batch.longest + i];
    }
    return sum;
  }
}
