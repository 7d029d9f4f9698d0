package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final String ADA = "adas-own-secret-token";
  private static final String BOB = "bobs-own-secret-token";

  @Test
  void rule_11_each_user_is_known_by_their_token() {
    Access access =
        Access.users(
            List.of("# friends", "", Access.line("ada", ADA), " " + Access.line("bob", BOB)),
            "users");

    assertThat(access.userOf(ADA)).hasValue("ada");
    assertThat(access.userOf(BOB)).hasValue("bob");
    assertThat(access.userOf("ada")).isEmpty();
    assertThat(access.userOf("")).isEmpty();
  }

  @Test
  void rule_11_each_user_is_told_apart_by_the_server() {
    Access access = Access.users(List.of(Access.line("ada", ADA), Access.line("bob", BOB)), "x");
    ServerOptions options = ServerOptions.local().withPort(0).withAccess(access);

    try (Server server = Server.start(options, List.of(new EchoDoor()), List.of())) {
      Client client = new Client(server.port());

      assertThat(client.get("/echo/user", "Authorization", "Bearer " + ADA).body())
          .isEqualTo("ada");
      assertThat(client.get("/echo/user", "Authorization", "Bearer " + BOB).body())
          .isEqualTo("bob");
    }
  }

  @Test
  void rule_09_a_users_file_holds_no_token() {
    assertThat(Access.line("ada", ADA)).matches("ada:[0-9a-f]{64}").doesNotContain(ADA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada",
        "ada:adas-own-secret-token",
        "Ada:" + HASH,
        ":" + HASH,
        "a b:" + HASH,
        "ada:" + HASH + "0"
      })
  void rule_09_a_wrong_line_is_told_by_its_number_and_not_repeated(String line) {
    assertThatThrownBy(() -> Access.users(List.of("", line), "friends.txt"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("friends.txt: line 2 must be a name of small letters")
        .hasMessageNotContaining("adas-own");
  }

  private static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  @Test
  void a_user_is_named_once() {
    List<String> lines = List.of(Access.line("ada", ADA), Access.line("ada", BOB));

    assertThatThrownBy(() -> Access.users(lines, "friends.txt"))
        .hasMessage("friends.txt: user ada is there twice; keep one line of them");
  }

  @Test
  void a_file_without_users_lets_nobody_in_by_mistake() {
    assertThatThrownBy(() -> Access.users(List.of("# nobody yet"), "friends.txt"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("friends.txt names no user");
  }

  @Test
  void new_tokens_differ_and_can_be_used() {
    String token = Access.newToken();

    assertThat(token).isNotEqualTo(Access.newToken()).hasSize(32);
    assertThat(Access.token(token).userOf(token)).hasValue("local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sixteen letters!", "sixteen\tletters!", "seize-lettres-é!"})
  void a_token_that_no_header_carries_is_refused(String token) {
    assertThatThrownBy(() -> Access.token(token))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("a token has letters, digits and signs of ASCII only");
  }
}
