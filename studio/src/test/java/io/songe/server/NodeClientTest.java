package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class NodeClientTest {
  @Test
  void a_script_has_its_arguments_and_the_official_clients() {
    String printed = NodeClient.run("versions.mjs", "hello");

    assertThat(printed).isEqualTo("hello openai 6.49.0 stable-diffusion-api 0.0.7\n");
  }

  @Test
  void a_script_that_fails_is_a_failure_with_what_it_said() {
    NodeClient.requireInstalled();

    assertThatThrownBy(() -> NodeClient.run("versions.mjs"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("versions.mjs ended with 1")
        .hasMessageContaining("a word is needed");
  }
}
