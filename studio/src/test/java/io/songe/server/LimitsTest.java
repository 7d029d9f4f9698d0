package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much the server takes; small limits, so that they are soon reached. */
class LimitsTest {
  private static final ServerLimits SMALL =
      new ServerLimits(
          10_000,
          100_000,
          5,
          4096,
          40,
          4,
          Duration.ofSeconds(1),
          Duration.ofMillis(300),
          1000,
          Duration.ofSeconds(1));

  private static final EchoDoor DOOR = new EchoDoor();
  private static Server server;
  private static Client client;

  @BeforeAll
  static void start() {
    server =
        Server.start(ServerOptions.local().withPort(0).withLimits(SMALL), List.of(DOOR), List.of());
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    DOOR.slow.release(1000);
    server.close();
  }

  private static HttpResponse<String> postJson(String path, int bytes) {
    return client.post(path, "x".repeat(bytes), "Content-Type", "application/json");
  }

  private static String chunked(String path, int bytes) {
    return client.raw(
        "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: image/png\r\n"
                .formatted(path)
            + "Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(bytes, "x".repeat(bytes)));
  }

  @Test
  void rule_10_a_body_may_be_as_long_as_the_limit() {
    assertThat(postJson("/echo/change", 10_000).body()).isEqualTo("10000");
    assertThat(chunked("/echo/change", 10_000)).startsWith("HTTP/1.1 200").endsWith("10000");
  }

  @Test
  void rule_10_a_longer_body_is_refused_in_the_doors_form() {
    HttpResponse<String> answer = postJson("/echo/change", 10_001);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .isEqualTo("{\"echo\":\"the body of the request is longer than this server takes\"}");
  }

  @Test
  void rule_10_a_body_that_does_not_say_its_length_is_measured() {
    assertThat(chunked("/echo/change", 10_001)).startsWith("HTTP/1.1 413");
    assertThat(chunked("/echo/change", 1_000_000)).startsWith("HTTP/1.1 413");
  }

  @Test
  void rule_10_the_weights_of_a_model_may_be_longer() {
    assertThat(postJson("/echo/model", 100_000).body()).isEqualTo("100000");
    assertThat(postJson("/echo/model", 100_001).statusCode()).isEqualTo(413);
  }

  @Test
  void rule_10_who_sends_too_much_is_told_that_the_connection_ends() {
    assertThat(postJson("/echo/change", 10_001).headers().firstValue("Connection"))
        .hasValue("close");
    assertThat(postJson("/echo/change", 10_000).headers().firstValue("Connection")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 11000, 413",
    "application/json, 9000, 200",
    "text/plain, 9000, 415"
  })
  void rule_10_who_is_answered_while_still_sending_may_send_the_rest_and_read_the_answer(
      String type, int bytes, int status) throws Exception {
    byte[] tenth = "x".repeat(bytes / 10).getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /echo/change HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(type, bytes);
    try (Socket socket = client.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 10; i++) {
        out.write(tenth);
        Thread.sleep(20);
      }

      assertThat(Client.rest(socket)).startsWith("HTTP/1.1 " + status).doesNotContain("RESET");
    }
  }

  private static String parts(int count) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < count; i++) {
      body.append(
          "--b\r\nContent-Disposition: form-data; name=\"f%d\"; filename=\"f\"\r\n\r\nxy\r\n"
              .formatted(i));
    }
    return body + "--b--\r\n";
  }

  @Test
  void rule_10_a_form_has_only_so_many_parts() {
    String type = "multipart/form-data; boundary=b";

    assertThat(client.post("/echo/files", parts(5), "Content-Type", type).body()).isEqualTo("10");
    assertThat(client.post("/echo/files", parts(6), "Content-Type", type).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=other"
      })
  void rule_10_a_broken_form_is_the_callers_mistake(String type) {
    HttpResponse<String> answer = client.post("/echo/files", parts(2), "Content-Type", type);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"echo\":");
  }

  @Test
  void rule_10_a_boundary_may_not_be_endless() {
    String type = "multipart/form-data; boundary=" + "b".repeat(3000);

    assertThat(client.post("/echo/files", parts(2), "Content-Type", type).statusCode())
        .isEqualTo(400);
  }

  @Test
  void rule_10_a_head_may_not_be_endless() {
    assertThat(client.get("/echo/user", "X-Long", "x".repeat(5000)).statusCode()).isEqualTo(431);
    assertThat(client.request("GET /echo/user?" + "x".repeat(5000), "Host: localhost"))
        .startsWith("HTTP/1.1 414");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE /echo/a%00b HTTP/1.1\r\nHost: localhost",
        "DELETE /echo/a%5Cb HTTP/1.1\r\nHost: localhost",
        "GET /echo/user HTTP/1.1\r\nHost: localhost\r\nHost: localhost",
        "no HTTP at all"
      })
  void rule_10_who_sends_a_broken_head_is_told_that_the_connection_ends(String head) {
    assertThat(client.raw(head + "\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .containsIgnoringCase("Connection: close\r\n")
        .endsWith("Bad Request");
  }

  @Test
  void rule_10_one_caller_has_only_so_many_requests_under_way() {
    List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(CompletableFuture.supplyAsync(() -> client.get("/echo/slow")));
    }
    while (DOOR.slow.getQueueLength() < 4) {
      Thread.onSpinWait();
    }

    HttpResponse<String> oneMore = client.get("/echo/user");
    DOOR.slow.release(4);

    assertThat(oneMore.statusCode()).isEqualTo(429);
    assertThat(oneMore.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(waiting).allSatisfy(each -> assertThat(each.join().body()).isEqualTo("at last"));
    assertThat(client.get("/echo/user").statusCode()).isEqualTo(200);
  }

  @Test
  void rule_10_an_answer_may_take_longer_than_a_connection_may_be_idle() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(() -> client.get("/echo/slow"));

    Thread.sleep(SMALL.idle().plusMillis(400));
    DOOR.slow.release();

    assertThat(waiting.get(5, TimeUnit.SECONDS).body()).isEqualTo("at last");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "G",
        "GET /echo/user HTTP/1.1\r\nHost: localhost\r\nX",
        "POST /echo/change HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 9000\r\n\r\n"
      })
  void rule_10_who_sends_a_byte_now_and_then_is_cut_off(String beginning) throws Exception {
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      long began = System.nanoTime();

      int sent = dribble(socket);

      assertThat(sent).isLessThan(100);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static int dribble(Socket socket) throws InterruptedException {
    int sent = 0;
    for (; sent < 100; sent++) {
      Thread.sleep(50);
      try {
        socket.getOutputStream().write('x');
      } catch (IOException cutOff) {
        break;
      }
    }
    return sent;
  }

  @Test
  void rule_10_who_says_nothing_is_cut_off() throws IOException {
    try (Socket socket = client.connect()) {
      assertThat(Client.rest(socket)).doesNotContain("STILL OPEN");
    }
  }

  @Test
  void rule_10_a_cut_connection_does_no_harm() throws IOException {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = client.connect()) {
        socket.setSoLinger(true, 0);
        socket
            .getOutputStream()
            .write(
                "POST /echo/change HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 900\r\n\r\nxy"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      try (Socket socket = client.connect()) {
        socket.setSoLinger(true, 0);
        socket
            .getOutputStream()
            .write(
                "GET /echo/long HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
      }
    }

    assertThat(client.get("/echo/user").statusCode()).isEqualTo(200);
  }

  @Test
  void rule_10_a_full_server_answers_again_when_connections_end() throws IOException {
    List<Socket> held = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      held.add(client.connect());
    }
    for (Socket each : held) {
      each.close();
    }

    HttpRequest.Builder request = client.to("/echo/user").timeout(Duration.ofSeconds(5));

    assertThat(Client.send(request).statusCode()).isEqualTo(200);
  }
}
