package io.songe.text.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptSyntaxTest {
  private static final String SIGNS = "(a:1.3) AND [b:c:3] <lora:x:1> BREAK \\(";

  @ParameterizedTest
  @EnumSource
  void has_a_name(PromptSyntax syntax) {
    assertThat(PromptSyntax.named(syntax.id())).isEqualTo(syntax);
  }

  @Test
  void an_unknown_name_is_refused() {
    assertThatThrownBy(() -> PromptSyntax.named("comfy"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("unknown prompt syntax \"comfy\"; known are literal, a1111, plain");
  }

  @Test
  void literally_signs_are_text() {
    PromptSyntax literal = PromptSyntax.LITERAL;

    assertThat(literal.compose(SIGNS).toString()).isEqualTo(SIGNS);
    assertThat(literal.compose(SIGNS).networks()).isEmpty();
    assertThat(literal.edit(SIGNS).at(10, SamplingPass.of(10))).isEqualTo(SIGNS);
    assertThat(literal.weigh(SIGNS).fragments()).isEqualTo(List.of(new Fragment.Words(SIGNS, 1)));
  }

  @ParameterizedTest
  @EnumSource
  void mere_words_are_the_same_in_all(PromptSyntax syntax) {
    String words = "a red fox, and 2 cats; \"snow\" #1 {x} 50% ~ été";

    assertThat(syntax.compose(words)).isEqualTo(PromptSyntax.LITERAL.compose(words));
    assertThat(syntax.edit(words)).isEqualTo(PromptSyntax.LITERAL.edit(words));
    assertThat(syntax.weigh(words)).isEqualTo(PromptSyntax.LITERAL.weigh(words));
  }

  @Test
  void a_negative_text_is_one_phrase() {
    assertThat(PromptSyntax.A1111.edit("a AND b <lora:x:1>").at(1, SamplingPass.of(1)))
        .isEqualTo("a AND b <lora:x:1>");
  }
}
