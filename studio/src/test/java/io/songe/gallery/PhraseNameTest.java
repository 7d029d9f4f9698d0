package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "un chat roux qui dort | un-chat-roux-qui-dort",
        "L'Été: œuf à Noël ! | l-ete-oeuf-a-noel",
        "../../etc/passwd | etc-passwd",
        "a  b\\c/d:e*f | a-b-c-d-e-f",
        "3d ½ ﬁg | 3d-1-2-fig",
        "夢を見る猫 | 夢を見る猫",
        "CON | con"
      })
  void words_are_joined_without_accents_or_signs(String phrase, String name) {
    assertThat(PhraseName.of(phrase)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "!?…", "\uD83D\uDC08\uD83E\uDDCA", "\u0301", ".."})
  void a_phrase_without_words_has_a_name_too(String phrase) {
    assertThat(PhraseName.of(phrase)).isEqualTo("songe");
  }

  @ParameterizedTest
  @CsvSource({
    "夢を見る chat, US-ASCII, chat",
    "夢を見る猫, US-ASCII, songe",
    "chat bøf, ISO-8859-1, chat-bøf"
  })
  void words_that_no_name_can_hold_are_left_out(String phrase, Charset names, String name) {
    assertThat(PhraseName.of(phrase, names)).isEqualTo(name);
  }

  @Test
  void a_long_phrase_is_cut_between_words() {
    String name = PhraseName.of("un très long chat ".repeat(500));

    assertThat(name.length()).isBetween(60, 80);
    assertThat(name).startsWith("un-tres-long-chat-un-").doesNotEndWith("-");
    assertThat("un-tres-long-chat-".repeat(500)).startsWith(name + "-");
  }

  @Test
  void a_long_word_is_cut_between_characters() {
    String name = PhraseName.of("\uD842\uDFB7".repeat(100));

    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(80);
    assertThat(name).isEqualTo("\uD842\uDFB7".repeat(20));
  }
}
