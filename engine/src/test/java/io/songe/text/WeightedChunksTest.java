package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.text.syntax.Fragment;
import io.songe.text.syntax.PromptSyntax;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chunks of songe-mini's tokenizer: 38 tokens between begin and end. */
class WeightedChunksTest {
  private static final int ROOM = 38;

  private final ClipTokenizer tokenizer = ClipTokenizer.open(GoldenTokens.mini());

  private List<WeightedChunk> chunks(String phrase) {
    return tokenizer.chunks(phrase, PromptSyntax.A1111);
  }

  /** How many tokens each chunk has between begin and end, exclamation marks and commas alike. */
  private List<Integer> sizes(String phrase) {
    return chunks(phrase).stream().map(WeightedChunk::ownTokens).toList();
  }

  private WeightedChunk even(String text) {
    float[] ones = new float[tokenizer.maxLength()];
    Arrays.fill(ones, 1);
    return new WeightedChunk(tokenizer.truncated(text), ones, tokenizer.encode(text).size());
  }

  @ParameterizedTest
  @EnumSource
  void mere_words_that_fit_a_chunk_are_the_same_in_all_syntaxes(PromptSyntax syntax) {
    String words = "a red fox, 2 cats & a dog; snow";

    assertThat(tokenizer.chunks(words, syntax)).containsExactly(even(words));
  }

  @ParameterizedTest
  @EnumSource
  void no_words_are_one_chunk(PromptSyntax syntax) {
    assertThat(tokenizer.chunks("", syntax)).containsExactly(even(""));
  }

  @Test
  void literally_signs_are_tokens_without_weights() {
    String signs = "(red:1.3) fox";

    assertThat(tokenizer.chunks(signs, PromptSyntax.LITERAL)).containsExactly(even(signs));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LITERAL")
  void each_token_has_the_weight_of_its_words(PromptSyntax syntax) {
    WeightedChunk chunk = tokenizer.chunks("a (red:1.5) fox", syntax).getFirst();

    float[] expected = new float[tokenizer.maxLength()];
    Arrays.fill(expected, 1);
    expected[2] = 1.5f;
    assertThat(chunk.weights()).isEqualTo(expected);
    assertThat(chunk.ids()).isEqualTo(tokenizer.truncated("a red fox"));
    assertThat(chunk.isEven()).isFalse();
  }

  @Test
  void a_break_starts_a_chunk() {
    assertThat(chunks("a fox BREAK (snow)").stream().map(WeightedChunk::ids))
        .containsExactly(tokenizer.truncated("a fox"), tokenizer.truncated("snow"));
  }

  @Test
  void a_break_in_front_leaves_a_chunk_empty_and_one_at_the_end_does_nothing() {
    assertThat(sizes("BREAK !")).containsExactly(0, 1);
    assertThat(sizes("! BREAK")).containsExactly(1);
    assertThat(sizes("BREAK")).containsExactly(0);
    assertThat(sizes("! BREAK BREAK !")).containsExactly(1, 0, 1);
  }

  @Test
  void without_commas_a_chunk_is_filled_to_the_last() {
    assertThat(sizes("! ".repeat(ROOM + 1))).containsExactly(ROOM, 1);
    assertThat(sizes("! ".repeat(2 * ROOM))).containsExactly(ROOM, ROOM);
  }

  @Test
  void what_follows_a_late_comma_moves_to_the_next_chunk() {
    // the comma is the token at 27, and 10 tokens after it are in the first chunk
    assertThat(sizes("! ".repeat(27) + ", " + "! ".repeat(12))).containsExactly(28, 12);
  }

  @Test
  void a_comma_counts_among_the_last_twenty_tokens_only() {
    assertThat(sizes("! ".repeat(18) + ", " + "! ".repeat(20))).containsExactly(19, 20);
    assertThat(sizes("! ".repeat(17) + ", " + "! ".repeat(21))).containsExactly(ROOM, 1);
  }

  @Test
  void a_comma_that_itself_no_longer_fits_begins_the_next_chunk() {
    assertThat(sizes("! ".repeat(20) + ", " + "! ".repeat(17) + ", !")).containsExactly(ROOM, 2);
  }

  @Test
  void a_comma_at_the_very_end_of_a_chunk_moves_nothing() {
    assertThat(sizes("! ".repeat(ROOM - 1) + ", ! ")).containsExactly(ROOM, 1);
  }

  @Test
  void a_comma_counts_once() {
    String text = "! ".repeat(27) + ", " + "! ".repeat(60);

    assertThat(sizes(text)).containsExactly(28, ROOM, 22);
  }

  @Test
  void weights_move_with_their_tokens() {
    List<WeightedChunk> chunks = chunks("! ".repeat(30) + ", (! ! ! ! ! ! ! ! ! !:2)");

    assertThat(chunks.get(0).weights()).containsOnly(1);
    assertThat(Arrays.copyOfRange(chunks.get(1).weights(), 1, 11)).containsOnly(2);
  }

  @Test
  void no_token_is_lost_or_moved_before_another() {
    String[] parts = {"! ", "? ", ", ", "(; ", ":1.5) ", "[", "] ", "& "};
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      for (int i = random.nextInt(150); i >= 0; i--) {
        text.append(parts[random.nextInt(parts.length)]);
      }

      int[] dealt =
          chunks(text.toString()).stream()
              .flatMapToInt(chunk -> Arrays.stream(chunk.ids().toArray(), 1, 1 + chunk.ownTokens()))
              .toArray();

      int[] expected =
          PromptSyntax.A1111.weigh(text.toString()).fragments().stream()
              .flatMapToInt(
                  each -> Arrays.stream(tokenizer.encode(((Fragment.Words) each).text()).toArray()))
              .toArray();
      assertThat(dealt).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
