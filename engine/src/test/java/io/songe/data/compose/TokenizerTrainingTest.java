package io.songe.data.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.data.Language;
import io.songe.error.InvalidRequestException;
import io.songe.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTrainingTest {
  @TempDir Path temp;

  @Test
  void words_of_both_languages_become_tokens() {
    var training = new TokenizerTraining(2000, 40);

    Map<Language, TokenizerCoverage> coverage = training.run(new FakeDrawings().drawings(), temp);

    ClipTokenizer tokenizer = ClipTokenizer.open(temp);
    assertThat(tokenizer.encode("blue umbrella").size()).isEqualTo(2);
    assertThat(tokenizer.encode("parapluie bleu").size()).isEqualTo(2);
    assertThat(temp.resolve("coverage.json")).content().contains("\"fr\"", "\"tokensPerWord\"");
    assertThat(coverage).containsOnlyKeys(Language.values());
    assertThat(coverage.values())
        .allSatisfy(its -> {
          assertThat(its.captions()).isGreaterThan(100);
          assertThat(its.tokensPerWord()).isBetween(1.0, 1.5);
          assertThat(its.wholeWords()).isBetween(0.7, 1.0);
          assertThat(its.longest()).isBetween(10, 40);
          assertThat(its.cutOff()).isZero();
        });
  }

  @Test
  void captions_longer_than_a_chunk_are_counted() {
    Map<Language, TokenizerCoverage> coverage =
        new TokenizerTraining(600, 6).run(new FakeDrawings().drawings(), temp);

    assertThat(coverage)
        .hasEntrySatisfying(
            Language.FRENCH, french -> assertThat(french.cutOff()).isBetween(0.5, 1.0));
  }

  @Test
  void nothing_to_learn_from_is_refused() {
    assertThatThrownBy(() -> new TokenizerTraining(600, 40).run(List.of(), temp))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the corpus has no drawings to learn from");
  }

  @Test
  void numbers_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> new TokenizerTraining(513, 40))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a vocabulary has 514 to 65536 tokens, got 513");
    assertThatThrownBy(() -> new TokenizerTraining(600, 2))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a text has more than 2 tokens, got 2");
  }
}
