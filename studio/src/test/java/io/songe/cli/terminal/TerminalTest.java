package io.songe.cli.terminal;

import static io.songe.cli.terminal.PreviewStyle.HALF;
import static io.songe.cli.terminal.PreviewStyle.KITTY;
import static io.songe.cli.terminal.PreviewStyle.SIXEL;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
  private static final Optional<Window> WINDOW = Optional.of(new Window(100, 40, 0, 0));

  private static Terminal terminal(String environment) {
    return Terminal.of(variables(environment), WINDOW, UTF_8);
  }

  /** Written as in a shell: A=1 B=2. */
  private static Map<String, String> variables(String environment) {
    return Arrays.stream(environment.split(" "))
        .map(variable -> variable.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  @Test
  void a_file_is_not_interactive_and_shows_nothing() {
    Terminal terminal =
        Terminal.of(
            variables("TERM=xterm-kitty COLORTERM=truecolor KITTY_WINDOW_ID=1"),
            Optional.empty(),
            UTF_8);

    assertThat(terminal.interactive()).isFalse();
    assertThat(terminal.colours()).isEqualTo(ColourDepth.NONE);
    assertThat(terminal.previews()).isEmpty();
    assertThat(terminal.window().columns()).isEqualTo(80);
  }

  @Test
  void a_dumb_terminal_is_not_interactive() {
    assertThat(terminal("TERM=dumb COLORTERM=truecolor").interactive()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=xterm, NAMED",
    "TERM=xterm-256color, PALETTE",
    "TERM=xterm-256color COLORTERM=truecolor, TRUE",
    "TERM=xterm COLORTERM=24bit, TRUE",
    "TERM=xterm COLORTERM=yes, NAMED",
    "TERM=xterm-direct, TRUE",
    "TERM=xterm-kitty, TRUE",
    "WT_SESSION=1, TRUE",
    "TERM=xterm-256color NO_COLOR=1, NONE",
    "TERM=xterm-256color NO_COLOR=, PALETTE",
    "NOTHING=1, NONE"
  })
  void colours_are_those_that_the_environment_declares(String environment, ColourDepth colours) {
    assertThat(terminal(environment).colours()).isEqualTo(colours);
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=xterm-kitty",
    "TERM=xterm-256color KITTY_WINDOW_ID=3",
    "TERM=xterm-ghostty",
    "TERM=xterm-256color TERM_PROGRAM=ghostty",
    "TERM=xterm-256color TERM_PROGRAM=WezTerm",
    "TERM=xterm-256color KONSOLE_VERSION=220400"
  })
  void kittys_graphics_come_first_where_they_are_known(String environment) {
    assertThat(terminal(environment).bestPreview()).hasValue(KITTY);
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=foot",
    "TERM=mlterm-256color",
    "TERM=contour",
    "TERM=xterm-sixel",
    "TERM=xterm-256color TERM_PROGRAM=iTerm.app",
    "TERM=xterm TERM_PROGRAM=mintty"
  })
  void sixels_come_next(String environment) {
    assertThat(terminal(environment).bestPreview()).hasValue(SIXEL);
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=xterm-256color",
    "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal",
    "TERM=xterm-256color COLORTERM=truecolor VTE_VERSION=7200",
    "TERM=xterm-256color KONSOLE_VERSION=211202"
  })
  void half_blocks_are_for_other_terminals_with_colours(String environment) {
    assertThat(terminal(environment).previews()).containsExactly(HALF);
  }

  @ParameterizedTest
  @CsvSource({
    "TERM=screen-256color KITTY_WINDOW_ID=3",
    "TERM=tmux-256color TERM_PROGRAM=WezTerm",
    "TERM=xterm-256color TMUX=/tmp/1 KITTY_WINDOW_ID=3",
    "TERM=xterm-256color STY=1 KONSOLE_VERSION=230800"
  })
  void what_is_inherited_from_around_a_multiplexer_is_no_evidence(String environment) {
    assertThat(terminal(environment).previews()).containsExactly(HALF);
  }

  @Test
  void without_enough_colours_there_is_no_picture() {
    assertThat(terminal("TERM=xterm").bestPreview()).isEmpty();
    assertThat(terminal("TERM=xterm-256color NO_COLOR=1").bestPreview()).isEmpty();
  }

  @Test
  void without_unicode_there_are_no_half_blocks() {
    Terminal terminal = Terminal.of(Map.of("TERM", "xterm-256color"), WINDOW, US_ASCII);

    assertThat(terminal.unicode()).isFalse();
    assertThat(terminal.bestPreview()).isEmpty();
  }

  @Test
  void no_terminal_is_asked_that_is_already_known() {
    Terminal kitty = terminal("TERM=xterm-kitty");

    assertThat(kitty.asked()).isSameAs(kitty);
  }
}
