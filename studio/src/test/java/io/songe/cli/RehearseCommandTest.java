package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearseCommandTest {
  @TempDir private Path temp;

  @Test
  void a_picture_is_drawn_by_the_command_and_one_by_the_studio_and_nothing_is_said()
      throws IOException {
    Path stage = temp.resolve("stage");

    Run run = Run.songe("rehearse", stage.toString());

    assertThat(run).isEqualTo(new Run(0, "", ""));
    try (Stream<Path> all = Files.walk(stage)) {
      assertThat(all.filter(file -> file.toString().endsWith(".png"))).hasSize(2);
    }
  }

  @Test
  void it_is_the_launchers_business_alone() {
    assertThat(Run.songe("--help").out()).doesNotContain("rehearse");
  }
}
