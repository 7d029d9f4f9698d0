package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text and expected merges are from {@code tools/golden/tokenizer_training.py}. */
class BytePairTrainerTest {
  private static final int SIZE = 900;
  private static final int LENGTH = 40;

  @TempDir Path temp;

  private static List<String> golden(String name) throws IOException {
    String path = "/golden/tokenizer/trained/" + name;
    try (InputStream in =
        Objects.requireNonNull(BytePairTrainerTest.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static LearntTokenizer trained(List<String> lines, int size) {
    var trainer = new BytePairTrainer(size);
    lines.forEach(trainer::add);
    return trainer.train();
  }

  @Test
  void merges_are_those_of_the_reference() throws IOException {
    LearntTokenizer learnt = trained(golden("text.txt"), SIZE);

    assertThat(learnt.merges()).isEqualTo(golden("merges.txt"));
  }

  @Test
  void the_order_of_the_texts_makes_no_difference() throws IOException {
    List<String> lines = golden("text.txt");

    assertThat(trained(lines.reversed(), SIZE)).isEqualTo(trained(lines, SIZE));
  }

  @Test
  void the_vocabulary_is_as_large_as_asked_for_and_no_larger_than_the_words_need()
      throws IOException {
    List<String> lines = golden("text.txt");

    assertThat(trained(lines, 600).size()).isEqualTo(600);
    assertThat(trained(List.of("la la"), 8192).tokens())
        .hasSize(BytePairTrainer.SMALLEST_VOCABULARY - 2 + 1)
        .endsWith("la</w>");
  }

  @Test
  void what_was_written_reads_any_text_back() throws IOException {
    trained(golden("text.txt"), SIZE).write(temp, LENGTH);
    ClipTokenizer tokenizer = ClipTokenizer.open(temp);

    assertThat(tokenizer.maxLength()).isEqualTo(LENGTH);
    for (String text : List.of("un renard bleu", "日本 🦊 zyx", "a red apple")) {
      assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }
    assertThat(tokenizer.encode("red apple")).isEqualTo(tokenizer.encode("RED  apple"));
    assertThat(tokenizer.encode("renard").size()).isEqualTo(1);
  }

  @Test
  void a_tokenizer_is_not_written_over_another() throws IOException {
    LearntTokenizer learnt = trained(List.of("red fox"), 520);
    learnt.write(temp.resolve("one"), LENGTH);

    assertThatThrownBy(() -> learnt.write(temp.resolve("one"), LENGTH))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("one holds a tokenizer already (vocab.json); choose another folder");
  }

  @Test
  void a_vocabulary_without_room_for_the_bytes_is_refused() {
    assertThatThrownBy(() -> new BytePairTrainer(100))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "a vocabulary has at least 514 tokens, which are the bytes and two marks, got 100");
  }
}
