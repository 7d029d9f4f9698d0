package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;

class PromptTest {
  @Test
  void text_is_kept_as_it_was_typed() {
    var prompt = new Prompt("  A e\u0301t\u00e9\n", "\tblurry\u001b[0m");

    assertThat(prompt.positive()).isEqualTo("  A e\u0301t\u00e9\n");
    assertThat(prompt.negative()).isEqualTo("\tblurry\u001b[0m");
  }

  @Test
  void negative_text_is_empty_unless_given() {
    assertThat(Prompt.of("a cat").negative()).isEmpty();
  }

  @Test
  void empty_text_is_allowed_and_blank() {
    assertThat(Prompt.of("").isBlank()).isTrue();
    assertThat(Prompt.of(" \n").isBlank()).isTrue();
    assertThat(Prompt.of("!").isBlank()).isFalse();
  }

  @Test
  void the_most_characters_are_counted_as_people_do() {
    String emoji = "\uD83D\uDE00".repeat(Prompt.MAX_CHARACTERS);

    assertThat(new Prompt(emoji, emoji).positive()).hasSize(20_000);
  }

  @Test
  void a_longer_text_is_refused_with_its_length() {
    assertThatThrownBy(() -> Prompt.of("a".repeat(10_001)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the prompt has 10001 characters, and 10000 are the most; shorten it");
    assertThatThrownBy(() -> new Prompt("", "a".repeat(12_345)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the negative prompt has 12345 characters, and 10000 are the most; shorten it");
  }

  @Test
  void u_0000_is_refused_with_its_place() {
    assertThatThrownBy(() -> Prompt.of("\uD83D\uDE00a\0b"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("the prompt has U+0000 at character 2; remove it");
  }

  @Test
  void half_a_surrogate_pair_is_refused_with_its_place() {
    assertThatThrownBy(() -> new Prompt("a cat", "cut \uD83D"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the negative prompt has U+D83D, half a surrogate pair, at character 4; was the text"
                + " cut in the middle of a character?");
  }
}
