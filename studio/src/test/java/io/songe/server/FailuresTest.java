package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  private static Server server;
  private static Client client;

  /** Another door, with another form. */
  private static final class Broken implements Door {
    @Override
    public Set<String> prefixes() {
      return Set.of("/broken/");
    }

    @Override
    public void addTo(RoutesConfig routes) {
      routes.get(
          "/broken/file",
          _ -> {
            throw new BrokenFileException("/home/ada/models/a.safetensors is cut short");
          });
      routes.get(
          "/broken/windows",
          _ -> {
            throw new InvalidRequestException(
                "C:\\Users\\ada\\a.png is no picture; give 3/4 of it");
          });
      routes.get(
          "/broken/disk",
          _ -> {
            throw new UncheckedIOException(
                new FileSystemException("/home/ada/x.png", null, "No space left on device"));
          });
      routes.get(
          "/broken/parameter",
          _ -> {
            throw new HttpFailure(
                new Failure(422, "not so", Optional.of("steps"), Optional.empty()));
          });
      routes.get(
          "/broken/checked",
          _ -> {
            throw new IOException("secret of this machine");
          });
    }

    @Override
    public void fail(Context context, Failure failure) {
      context.result(failure.parameter().orElse("") + "!" + failure.message());
    }
  }

  @BeforeAll
  static void start() {
    server = Server.start("127.0.0.1", 0, List.of(new EchoDoor(), new Broken()), true);
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/echo/wrong, 400, steps goes to 100",
    "/echo/full, 429, the queue is full",
    "/echo/bug, 500, something failed here; the log says what",
    "/echo/nowhere, 404, there is nothing at GET /echo/nowhere",
    "/echo/, 404, there is nothing at GET /echo/",
    "/echo/change, 405, '/echo/change knows other methods, not GET'"
  })
  void each_failure_has_its_status_and_its_doors_form(String path, int status, String message) {
    HttpResponse<String> answer = client.get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo("{\"echo\":\"" + message + "\"}");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "/broken/file, 400, '!a.safetensors is cut short'",
    "/broken/windows, 400, '!a.png is no picture; give 3/4 of it'",
    "/broken/disk, 507, '!the disk is full; make room and try again'",
    "/broken/parameter, 422, 'steps!not so'",
    "/broken/checked, 500, '!something failed here; the log says what'",
    "/broken/nowhere, 404, '!there is nothing at GET /broken/nowhere'"
  })
  void rule_06_another_door_has_another_form_and_none_shows_folders(
      String path, int status, String body) {
    HttpResponse<String> answer = client.get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void a_full_queue_says_when_to_come_back() {
    assertThat(client.get("/echo/full").headers().firstValue("Retry-After")).hasValue("7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{", "[1,2", "{\"a\":}", "nonsense", "{\"a\":1}}", "\"\\ud800"})
  void json_that_cannot_be_read_is_the_callers_mistake(String body) {
    HttpResponse<String> answer =
        client.post("/echo/json", body, "Content-Type", "application/json");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"echo\":\"the JSON cannot be read: ");
  }

  @Test
  void rule_10_json_that_is_nested_without_end_is_the_callers_mistake() {
    HttpResponse<String> answer =
        client.post("/echo/json", "[".repeat(50_000), "Content-Type", "application/json");

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void an_error_of_the_virtual_machine_is_answered_too() {
    assertThat(client.get("/echo/error").statusCode()).isEqualTo(500);
    assertThat(client.get("/echo/user").statusCode()).isEqualTo(200);
  }

  @Test
  void what_no_door_knows_is_said_in_plain_words() {
    HttpResponse<String> answer = client.get("/nowhere");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("there is nothing at GET /nowhere");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
  }

  @Test
  void every_answer_has_a_name_of_its_own() {
    String first = client.get("/echo/user").headers().firstValue("X-Request-Id").orElse("");
    String second = client.get("/echo/bug").headers().firstValue("X-Request-Id").orElse("");

    assertThat(first).matches("req_[0-9a-f]{16}").isNotEqualTo(second);
    assertThat(second).matches("req_[0-9a-f]{16}");
  }
}
