package io.songe.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizedPromptTest {
  @Test
  void a_prompts_texts_have_equally_many_chunks() {
    TokenIds chunk = TokenIds.of(1, 2);

    assertThat(new TokenizedPrompt(List.of(chunk, chunk), List.of(chunk, chunk)).chunks())
        .isEqualTo(2);
    assertThatThrownBy(() -> new TokenizedPrompt(List.of(chunk), List.of()))
        .isInstanceOf(EngineException.class)
        .hasMessageEndingWith("at least one, got 1 and 0");
    assertThatThrownBy(() -> new TokenizedPrompt(List.of(), List.of()))
        .isInstanceOf(EngineException.class)
        .hasMessageEndingWith("at least one, got 0 and 0");
  }

  @Test
  void a_prompts_chunks_are_equally_long() {
    assertThatThrownBy(
            () -> new TokenizedPrompt(List.of(TokenIds.of(1, 2)), List.of(TokenIds.of(1, 2, 3))))
        .isInstanceOf(EngineException.class)
        .hasMessage("chunks of one prompt are equally long, got 2 and 3 ids");
  }
}
