package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";

  @Test
  void codes_that_steer_a_terminal_are_shown_as_such() {
    assertThat(Printable.line("\u001b]0;title\u0007 \u009b31m"))
        .isEqualTo("\uFFFD]0;title\uFFFD \uFFFD31m");
  }

  @Test
  void codes_that_turn_text_around_are_shown_as_such() {
    assertThat(Printable.line("exe.\u202Egnp.tac\u2066")).isEqualTo("exe.\uFFFDgnp.tac\uFFFD");
  }

  @Test
  void words_and_emoji_stay_as_they_are() {
    String text = "Un œuf à 夢, " + FAMILY;

    assertThat(Printable.line(text)).isEqualTo(text);
    assertThat(Printable.lines(text)).isEqualTo(text);
    assertThat(Printable.json(text)).isEqualTo(text);
  }

  @Test
  void line_feeds_stay_only_in_lines() {
    assertThat(Printable.line("a\nb\tc")).isEqualTo("a b c");
    assertThat(Printable.lines("a\r\nb\rc")).isEqualTo("a\nb\uFFFDc");
  }

  @Test
  void json_stays_json() {
    assertThat(Printable.json("{\"a\":\"\u009b\u202E\"}")).isEqualTo("{\"a\":\"\\u009b\\u202e\"}");
  }
}
