package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.checkpoint.TinyModel;
import io.songe.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewWordTest {
  private static final ClipTokenizer PLAIN =
      ClipTokenizer.open(TinyModel.original().file("tokenizer"));
  private static final int FIRST = PLAIN.vocabularySize();

  private static ClipTokenizer knowing(String word, int tokens) {
    return PLAIN.with(List.of(new NewWord(List.of(word), tokens)));
  }

  private static boolean finds(ClipTokenizer tokenizer, String text) {
    for (int id : tokenizer.encode(text).toArray()) {
      if (id == FIRST) {
        return true;
      }
    }
    return false;
  }

  @Test
  void a_word_stands_for_its_tokens_behind_the_vocabulary() {
    ClipTokenizer tokenizer = knowing("mimi", 2);

    int cat = PLAIN.encode("cat").at(0);

    assertThat(tokenizer.encode("cat MIMI cat").toArray())
        .containsExactly(cat, FIRST, FIRST + 1, cat);
    assertThat(tokenizer.vocabularySize()).isEqualTo(FIRST + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "mimi, 'a mimi, red', true",
    "mimi, (mimi), true",
    "mimi, mimi2, true",
    "mimi, mimis, false",
    "mimi, amimi, false",
    "cat-toy, a cat-toy!, true",
    "cat-toy, a cat-toys, false",
    "<cat-toy>, 'a <Cat-Toy>, red', true",
    "<cat-toy>, x<cat-toy>y, true"
  })
  void a_word_is_found_where_it_is_no_part_of_another(String word, String text, boolean found) {
    assertThat(finds(knowing(word, 1), text)).isEqualTo(found);
  }

  @Test
  void of_two_words_the_longer_is_found() {
    ClipTokenizer tokenizer =
        PLAIN.with(
            List.of(new NewWord(List.of("ink"), 1), new NewWord(List.of("ink-2", "tusche"), 1)));

    assertThat(tokenizer.encode("ink-2").toArray()).containsExactly(FIRST + 1);
    assertThat(tokenizer.encode("tusche").toArray()).containsExactly(FIRST + 1);
  }

  @Test
  void a_word_is_spelled_out_again() {
    ClipTokenizer tokenizer = knowing("Mimi", 2);

    assertThat(tokenizer.decode(tokenizer.encode("a mimi cat"))).isEqualTo("a mimi cat");
  }

  @Test
  void the_words_of_before_are_forgotten() {
    assertThat(finds(knowing("mimi", 1).with(List.of()), "mimi")).isFalse();
  }

  @Test
  void a_word_without_letters_is_refused() {
    assertThatThrownBy(() -> new NewWord(List.of(" "), 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the new word ' ' has no letters; rename its file");
  }
}
