package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.cli.messages.Messages;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private static final String ERASED = "\r\033[K";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;

  private ProgressBar bar(boolean interactive, int columns, boolean unicode, Locale locale) {
    return new ProgressBar(
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new Terminal(
            interactive, new Window(columns, 24, 0, 0), ColourDepth.NONE, unicode, Set.of()),
        Messages.in(locale),
        () -> now);
  }

  private ProgressBar onTerminal() {
    return bar(true, 80, true, Locale.ENGLISH);
  }

  private ProgressBar inFile() {
    return bar(false, 80, true, Locale.ENGLISH);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  /** What was printed since it was last asked for. */
  private String printed() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }

  @Test
  void a_work_without_steps_is_its_name() {
    onTerminal().begin("Reading the model");

    assertThat(printed()).isEqualTo("\rReading the model\033[K");
  }

  @Test
  void a_step_moves_the_bar_and_tells_speed_and_time_left() {
    ProgressBar bar = onTerminal();

    bar.begin("Drawing", 20);
    assertThat(printed()).isEqualTo("\rDrawing   0 / 20  [" + "░".repeat(30) + "]\033[K");

    pass(Duration.ofSeconds(1));
    bar.step(2);
    assertThat(printed())
        .isEqualTo("\rDrawing   2 / 20  [███" + "░".repeat(27) + "]  2.0 steps/s, 9 s left\033[K");
  }

  @Test
  void a_slow_step_is_told_in_seconds() {
    ProgressBar bar = onTerminal();

    bar.begin("Drawing", 20);
    pass(Duration.ofSeconds(10));
    bar.step(1);

    assertThat(printed()).endsWith("]  10.0 s/step, 3:10 left\033[K");
  }

  @Test
  void the_last_step_fills_the_bar_and_leaves_no_time() {
    ProgressBar bar = onTerminal();

    bar.begin("Drawing", 4);
    pass(Duration.ofSeconds(2));
    bar.step(4);

    assertThat(printed()).endsWith("4 / 4  [" + "█".repeat(30) + "]  2.0 steps/s\033[K");
  }

  @Test
  void a_work_may_turn_out_to_have_another_number_of_steps() {
    ProgressBar bar = onTerminal();

    bar.begin("Drawing", 30);
    pass(Duration.ofSeconds(31));
    bar.step(31, 31);

    assertThat(printed()).endsWith("31 / 31  [" + "█".repeat(30) + "]  1.0 steps/s\033[K");
  }

  @Test
  void a_work_that_was_begun_before_has_the_speed_of_what_is_new() {
    ProgressBar bar = onTerminal();

    bar.begin("Learning", 100, 200);
    pass(Duration.ofSeconds(2));
    bar.step(104);

    assertThat(printed())
        .endsWith(
            "Learning  104 / 200  [███████████████░░░░░░░░░░░░░░░]  2.0 steps/s, 48 s left\033[K");
  }

  @Test
  void a_work_can_be_called_otherwise_while_it_goes_on() {
    ProgressBar bar = onTerminal();
    bar.begin("Learning", 20);

    bar.name("Learning, loss 0.5");
    pass(Duration.ofSeconds(1));
    bar.step(2);

    assertThat(printed()).contains("\rLearning, loss 0.5   2 / 20");
  }

  @Test
  void it_speaks_french() {
    ProgressBar bar = bar(true, 80, true, Locale.FRENCH);

    bar.begin("Dessin", 20);
    pass(Duration.ofMillis(800));
    bar.step(2);

    assertThat(printed()).endsWith("]  2,5 pas/s, encore 7 s\033[K");
  }

  @Test
  void the_speed_is_that_of_the_last_eight_steps() {
    ProgressBar bar = onTerminal();

    bar.begin("Drawing", 100);
    pass(Duration.ofSeconds(60));
    bar.step(1);
    for (int step = 2; step <= 9; step++) {
      pass(Duration.ofMillis(500));
      bar.step(step);
    }

    assertThat(printed()).endsWith("  2.0 steps/s, 46 s left\033[K");
  }

  @Test
  void it_is_drawn_ten_times_a_second_at_most_except_for_the_last_step() {
    ProgressBar bar = onTerminal();
    bar.begin("Drawing", 3);
    printed();

    pass(Duration.ofMillis(99));
    bar.step(1);
    assertThat(printed()).isEmpty();

    pass(Duration.ofMillis(1));
    bar.step(2);
    assertThat(printed()).startsWith("\rDrawing  2 / 3");

    pass(Duration.ofMillis(1));
    bar.step(3);
    assertThat(printed()).startsWith("\rDrawing  3 / 3");
  }

  @Test
  void in_a_narrow_window_the_bar_shrinks_then_goes_then_the_speed_goes() {
    for (int[] columnsAndLength : new int[][] {{51, 50}, {45, 39}, {40, 39}, {39, 16}, {10, 9}}) {
      ProgressBar bar = bar(true, columnsAndLength[0], true, Locale.ENGLISH);

      bar.begin("Drawing", 20);
      printed();
      pass(Duration.ofSeconds(1));
      bar.step(2);

      assertThat(printed())
          .as("%d columns", columnsAndLength[0])
          .startsWith("\rDrawing ")
          .hasSize(1 + columnsAndLength[1] + "\033[K".length());
    }
  }

  @Test
  void without_unicode_the_bar_is_ascii() {
    ProgressBar bar = bar(true, 80, false, Locale.ENGLISH);

    bar.begin("Drawing", 2);
    pass(Duration.ofSeconds(1));
    bar.step(1);

    assertThat(printed()).contains("[###############---------------]");
  }

  @Test
  void a_picture_above_it_takes_its_line_and_it_comes_back_below() {
    ProgressBar bar = onTerminal();
    bar.begin("Drawing", 20);
    String drawn = printed();

    bar.above("▀▀\n");

    assertThat(printed()).isEqualTo(ERASED + "▀▀\n" + drawn);
  }

  @Test
  void the_line_that_ends_a_work_takes_the_place_of_the_bar() {
    ProgressBar bar = onTerminal();
    bar.begin("Drawing", 20);
    printed();

    bar.end("Saved cat.png");
    bar.close();

    assertThat(printed()).isEqualTo(ERASED + "Saved cat.png\n");
  }

  @Test
  void closing_takes_it_away_once() {
    ProgressBar bar = onTerminal();
    bar.begin("Drawing", 20);
    printed();

    bar.close();
    bar.close();

    assertThat(printed()).isEqualTo(ERASED);
  }

  @Test
  void a_file_gets_plain_lines_at_the_quarters_and_at_the_end() {
    ProgressBar bar = inFile();

    bar.begin("Reading the model");
    bar.begin("Drawing", 20);
    for (int step = 1; step <= 20; step++) {
      pass(Duration.ofMillis(250));
      bar.step(step);
    }
    bar.end("Saved cat.png");
    bar.close();

    assertThat(printed())
        .isEqualTo(
            """
            Drawing   5 / 20  4.0 steps/s, 4 s left
            Drawing  10 / 20  4.0 steps/s, 3 s left
            Drawing  15 / 20  4.0 steps/s, 1 s left
            Saved cat.png
            """);
  }

  @Test
  void a_file_gets_no_more_lines_than_there_are_steps() {
    ProgressBar bar = inFile();

    bar.begin("Drawing", 2);
    bar.step(1);
    bar.step(2);

    assertThat(printed()).isEqualTo("Drawing  1 / 2\n");
  }

  @Test
  void a_step_beyond_the_last_is_refused() {
    ProgressBar bar = onTerminal();
    bar.begin("Drawing", 20);

    assertThatThrownBy(() -> bar.step(21)).hasMessage("step 21 of 20");
  }
}
