package io.songe.server.a1111;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.server.ServerLimits;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Requests that take longer than a connection may be silent otherwise. */
class PatienceTest {
  @Test
  void a_drawing_that_takes_long_is_answered_all_the_same(@TempDir Path folder) {
    ServerLimits usual = ServerLimits.USUAL;
    ServerLimits hasty =
        new ServerLimits(
            usual.bodyBytes(),
            usual.modelBytes(),
            usual.parts(),
            usual.headerBytes(),
            usual.connections(),
            usual.requestsOfOne(),
            Duration.ofMillis(200),
            usual.head(),
            usual.bytesPerSecond(),
            usual.patience());
    try (WebUi webUi = new WebUi(folder, hasty)) {
      JsonNode drawn = webUi.draw("{'prompt': 'a fox', 'steps': 30, 'width': 128, 'height': 128}");

      assertThat(drawn.path("images").size()).isEqualTo(1);
    }
  }
}
