package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.cli.terminal.PreviewStyle;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void says_what_is_here_and_that_it_works() {
    Run run = new Run.Setting().home(Path.of("home")).run("doctor");

    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.lines())
        .anyMatch(line -> line.startsWith("system: " + System.getProperty("os.name")))
        .anyMatch(line -> line.matches("processor: .+, [0-9]+ cores, .+"))
        .anyMatch(line -> line.matches("threads used: [0-9]+"))
        .anyMatch(line -> line.matches("memory: [1-9][0-9,]+ MiB, of which Java takes .*"))
        .anyMatch(line -> line.matches("precision: (fp32|bf16)"))
        .contains("terminal: standard error is not a terminal")
        .anyMatch(line -> line.matches("libtorch: [0-9].*, .+pytorch.*"))
        .contains("model: songe-mini, weights intact")
        .anyMatch(line -> line.matches("self-test: 64x64 in 4 steps twice alike, [0-9.]+ s"))
        .last()
        .isEqualTo("Everything works.");
  }

  @Test
  void knows_the_terminal_and_speaks_french() {
    Run run =
        new Run.Setting()
            .in(Locale.FRENCH)
            .onTerminal(PreviewStyle.HALF, PreviewStyle.KITTY)
            .run("doctor", "--threads", "1");

    assertThat(run.lines())
        .contains("terminal : 80 colonnes, 24 lignes, images : kitty, half", "fils utilisés : 1")
        .last()
        .isEqualTo("Tout fonctionne.");
  }
}
