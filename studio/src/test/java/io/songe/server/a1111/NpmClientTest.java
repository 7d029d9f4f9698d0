package io.songe.server.a1111;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.server.NodeClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that was written for the web UI, as npm has it. Its script says what is expected. */
class NpmClientTest {
  @Test
  void the_npm_client_speaks_with_this_server(@TempDir Path folder) {
    try (WebUi webUi = new WebUi(folder)) {
      String passed = NodeClient.run("a1111.mjs", String.valueOf(webUi.port()), WebUi.TOKEN);

      assertThat(passed.lines())
          .containsExactly(
              "lists",
              "options",
              "txt2img",
              "samplers",
              "img2img",
              "png-info",
              "extras",
              "progress and interrupt");
    }
  }
}
