package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ends a drawing early, or at its very end: signals and full disks, in processes of their own.
 */
class CancellationTest {
  /** More bytes than a picture of 64x64 can have never fit: 512 of them are allowed. */
  private static final String ONE_BLOCK = "ulimit -f 1; exec \"$@\"";

  @TempDir private Path out;

  private static List<String> songe(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SONGE_LOCALE", "en");
    return builder.start();
  }

  @AfterEach
  void clear_the_interruption() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 20, 22})
  void an_interrupted_thread_stops_wherever_it_is_and_leaves_no_file(int looksAtTheClock) {
    AtomicInteger looks = new AtomicInteger();
    Run.Setting setting =
        new Run.Setting()
            .clock(() -> {
              if (looks.getAndIncrement() == looksAtTheClock) {
                Thread.currentThread().interrupt();
              }
              return Instant.now();
            });

    Run run = setting.run("imagine", "x", "--size", "64", "--steps", "10", "--out", out.toString());

    assertThat(run.code()).isEqualTo(130);
    assertThat(run.err().lines()).last().isEqualTo("songe: cancelled; nothing half-done was left");
    assertThat(out.toFile().list()).isEmpty();
  }

  /** Ctrl-C sends another signal than this, which a process started in the background ignores. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_signal_stops_the_drawing_within_a_step_and_leaves_no_file() throws Exception {
    Process process =
        start(
            songe(
                "imagine",
                "x",
                "--size",
                "64",
                "--steps",
                "100",
                "--count",
                "100",
                "--out",
                out.toString()));
    try (BufferedReader err =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      assertThat(err.readLine()).startsWith("drawing 1 of 100   25 / 100");
      process.toHandle().destroy(); // which, unlike the process's own, leaves the streams open
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);

      assertThat(ended).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(err.lines()).last().isEqualTo("songe: cancelled; nothing half-done was left");
    }
    assertThat(out.toFile().list()).isEmpty();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_disk_without_room_is_one_sentence_and_leaves_no_file() throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", ONE_BLOCK, "sh"));
    command.addAll(songe("imagine", "x", "--size", "64", "--steps", "1", "--out", out.toString()));

    Process process = start(command);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(err).isEqualTo(4);
    assertThat(err)
        .startsWith("songe: " + out + "/x-")
        .contains(".png cannot be written: ")
        .endsWith("; is there room on the disk, and may it be written to?\n")
        .hasLineCount(1);
    assertThat(out.toFile().list()).isEmpty();
  }
}
