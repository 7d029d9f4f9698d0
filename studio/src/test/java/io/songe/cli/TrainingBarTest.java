package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.train.TrainingProgress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TrainingBarTest {
  private static final TrainingProgress STEP =
      new TrainingProgress.Step(20, 400, .25, 80.52, Duration.ofSeconds(190));

  @Test
  void in_a_file_there_is_a_line_for_each_saved_state_and_each_sheet() {
    Run.Setting setting = new Run.Setting();

    try (TrainingBar bar = new TrainingBar(setting.surroundings())) {
      bar.trained("learning", STEP);
      bar.trained("learning", new TrainingProgress.Saved(20));
      bar.trained("learning", new TrainingProgress.Sheet(Path.of("sheet.png")));
    }

    assertThat(setting.errors())
        .isEqualTo(
            """
            learning, loss 0.2500, 80.5 samples/s, step 20 of 400, 3:10 left
            samples drawn: sheet.png
            """);
  }

  @Test
  void on_a_terminal_the_bar_tells_the_loss_and_nothing_is_said_of_saving() {
    Run.Setting setting = new Run.Setting().onTerminal();

    try (TrainingBar bar = new TrainingBar(setting.surroundings())) {
      bar.trained("learning", STEP);
      bar.trained("learning", STEP);
      bar.trained("learning", new TrainingProgress.Saved(20));
    }

    assertThat(setting.errors())
        .contains("learning   20 / 400")
        .doesNotContain("step 20")
        .doesNotContain("\n");
  }

  @Test
  void a_work_that_counts_things_tells_how_many_there_are() {
    Run.Setting setting = new Run.Setting();

    try (TrainingBar bar = new TrainingBar(setting.surroundings())) {
      bar.counted("encoding", 0, 100);
      bar.counted("encoding", 60, 100);
    }

    assertThat(setting.errors()).startsWith("encoding   60 / 100");
  }
}
