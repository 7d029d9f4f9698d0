package io.songe.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.TextTower;
import io.songe.checkpoint.TinyModel;
import io.songe.error.InvalidRequestException;
import io.songe.format.SafetensorsFile;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.text.syntax.PromptSyntax;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The golden numbers are of {@code tools/golden/prompt_weights.py}. */
class PhraseEncoderTest {
  /** The encoder's own distance from the reference in FLOAT32, times the largest weight. */
  private static final float TOLERANCE = 2e-5f;

  private static Checkpoint model;
  private static SafetensorsFile golden;

  @BeforeAll
  static void open() {
    model = Checkpoint.open(TinyModel.original().folder(), DType.FLOAT32);
    golden = SafetensorsFile.open(TinyModel.resource("prompt_weights.safetensors"));
  }

  @AfterAll
  static void close() {
    model.close();
    golden.close();
  }

  private static EncodedPhrase encoded(String phrase, PromptSyntax syntax, int clipSkip) {
    TextTower tower = model.textTowers().getFirst();
    return new PhraseEncoder(tower, new PromptReading(syntax, clipSkip)).encode(phrase);
  }

  private static float[] features(String phrase, PromptSyntax syntax) {
    try (Scope _ = Scope.open()) {
      return encoded(phrase, syntax, 1).features().toFloats();
    }
  }

  @ParameterizedTest
  @CsvSource({"A1111, 1", "A1111, 2", "PLAIN, 1", "PLAIN, 2"})
  void gives_the_references_weighted_features(PromptSyntax syntax, int clipSkip) {
    int phrases = Integer.parseInt(Objects.requireNonNull(golden.metadata().get("phrases")));
    for (int i = 0; i < phrases; i++) {
      String phrase = Objects.requireNonNull(golden.metadata().get("phrase." + i));
      try (Scope _ = Scope.open()) {
        float[] expected = golden.get(syntax.id() + "." + i + "." + clipSkip).toTensor().toFloats();

        float[] actual = encoded(phrase, syntax, clipSkip).features().toFloats();

        assertThat(actual).as(phrase).containsExactly(expected, within(TOLERANCE));
      }
    }
    assertThat(phrases).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void mere_words_have_the_same_bits_in_all_syntaxes(PromptSyntax syntax) {
    String words = "a red cat, on the hill";

    assertThat(features(words, syntax)).isEqualTo(features(words, PromptSyntax.LITERAL));
  }

  @Test
  void a_weight_of_one_is_none() {
    assertThat(features("a (red:1.0) cat", PromptSyntax.A1111))
        .isEqualTo(features("a red cat", PromptSyntax.A1111));
  }

  @Test
  void tells_its_own_tokens_and_chunks() {
    EncodedPhrase phrase = encoded("(a cat:1.2) BREAK the blue hill", PromptSyntax.A1111, 1);

    assertThat(phrase.tokens()).isEqualTo(5);
    assertThat(phrase.chunks()).isEqualTo(2);
    assertThat(phrase.size()).isEqualTo(2 * 12 * 16 + 16);
  }

  @Test
  void the_whole_phrases_features_are_those_of_its_first_chunk() {
    try (Scope _ = Scope.open()) {
      assertThat(encoded("a cat BREAK a hill", PromptSyntax.A1111, 1).pooled().toFloats())
          .isEqualTo(encoded("a cat", PromptSyntax.A1111, 1).pooled().toFloats());
    }
  }

  @Test
  void more_layers_than_there_are_cannot_be_skipped() {
    assertThatThrownBy(() -> encoded("a cat", PromptSyntax.A1111, 3))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("clip skip 3 is more than this text encoder's 2 layers; use 1 to 2");
  }
}
