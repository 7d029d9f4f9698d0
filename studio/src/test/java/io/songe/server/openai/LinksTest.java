package io.songe.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.pictures.PictureFormat;
import io.songe.server.Access;
import io.songe.server.Server;
import io.songe.server.ServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LinksTest {
  private static final Links.Target TARGET =
      new Links.Target("ada", "picture-1", PictureFormat.WEBP, 80);

  private Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private final InstantSource source = () -> now;
  private final Links links = new Links(source.withZone(ZoneOffset.UTC));

  @Test
  void a_link_leads_to_its_picture_for_an_hour() {
    String name = links.fileName(TARGET);

    assertThat(name).matches("[A-Za-z0-9_-]{70,}\\.webp");
    now = now.plus(Duration.ofMinutes(59));
    assertThat(links.target(name)).contains(TARGET);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(links.target(name)).isEmpty();
  }

  @Test
  void every_changed_letter_makes_a_link_worthless() {
    String name = links.fileName(TARGET);
    int last = name.indexOf('.') - 1; // some of its bits are not used

    for (int i = 0; i < last; i++) {
      char other = name.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(links.target(name.substring(0, i) + other + name.substring(i + 1)))
          .as("letter %d", i)
          .isEmpty();
    }
  }

  @Test
  void another_servers_link_is_worthless() {
    Links others = new Links(source.withZone(ZoneOffset.UTC));

    assertThat(links.target(others.fileName(TARGET))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".png", "x.png", "%%%.png", "picture-1.png", "nothing", "AAAA.webp"})
  void what_is_no_link_leads_nowhere(String name) {
    assertThat(links.target(name)).isEmpty();
  }

  /** Clients fetch links as they fetch any picture of the web: bare. */
  @Test
  void a_link_needs_no_token_where_all_else_does(@TempDir Path folder) throws Exception {
    String token = "a-token-of-a-test-0123";
    try (Server server =
            Server.start(
                ServerOptions.local().withPort(0).withAccess(Access.token(token)),
                List.of(new OpenAiDoor(new FakeDesk(folder), Clock.systemUTC())),
                List.of());
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder fox =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + server.port() + FakeServer.GENERATIONS))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"prompt\": \"a fox\"}"));
      HttpResponse<String> refused = client.send(fox.build(), BodyHandlers.ofString());
      HttpResponse<String> answer =
          client.send(
              fox.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
      String link = new JsonMapper().readTree(answer.body()).at("/data/0/url").stringValue();

      HttpResponse<byte[]> picture =
          client.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.ofByteArray());

      assertThat(picture.statusCode()).isEqualTo(200);
      assertThat(refused.statusCode()).isEqualTo(401);
      JsonNode error = new JsonMapper().readTree(refused.body()).path("error");
      assertThat(error.path("code").stringValue()).isEqualTo("invalid_api_key");
    }
  }
}
