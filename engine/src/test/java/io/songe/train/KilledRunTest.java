package io.songe.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.tensor.Scope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process is killed at any moment (kill -9) loses no more than what was not saved. */
class KilledRunTest {
  private static final int STEPS = 1100;

  @TempDir Path folder;

  @Test
  void a_run_that_was_killed_twice_makes_the_steps_of_one_that_never_was() throws Exception {
    RunFolder whole = RunFolder.open(folder.resolve("whole"), TinyOptions.config(), false);
    try (TinyTask task = new TinyTask()) {
      Trainer.train(task, whole, TinyOptions.of(STEPS), SampleSheet.NONE, _ -> {});
    }
    Path killed = folder.resolve("killed");

    long first = trainUntilKilled(killed, 2);
    long second = trainUntilKilled(killed, 3);
    RunFolder run = RunFolder.open(killed, TinyOptions.config(), true);
    long saved = run.savedSteps();
    try (TinyTask task = new TinyTask()) {
      Trainer.train(task, run, TinyOptions.of(STEPS), SampleSheet.NONE, _ -> {});
    }

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(saved).isGreaterThanOrEqualTo(second).isLessThan(STEPS);
    assertThat(Curves.of(run)).isEqualTo(Curves.of(whole)).hasSize(1 + STEPS / 2);
    assertThat(averages(run)).isEqualTo(averages(whole));
  }

  /**
   * Trains in another process and kills it while it goes on, some steps after it has saved its
   * state.
   *
   * @return the step of the state saved last that was heard of
   */
  private static long trainUntilKilled(Path run, int saves) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TinyRun.class.getName(),
                run.toString(),
                Integer.toString(STEPS))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> steps = told.lines().limit(saves).toList();
      assertThat(steps).as("the steps of saved states").hasSize(saves);
      return Long.parseLong(steps.getLast());
    } finally {
      process.destroyForcibly().onExit().join();
    }
  }

  private static List<String> averages(RunFolder run) {
    try (Scope _ = Scope.open()) {
      return run.savedAverages("model").entrySet().stream()
          .map(average ->
              average.getKey() + Arrays.toString(average.getValue().toTensor().toFloats()))
          .toList();
    }
  }
}
