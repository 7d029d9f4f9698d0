package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a server ends. */
class StopTest {
  private final EchoDoor door = new EchoDoor();
  private final Server server = Server.start("127.0.0.1", 0, List.of(door), true);
  private final Client client = new Client(server.port());

  @Test
  void a_stream_of_events_ends_at_once_and_wholly() throws Exception {
    try (Socket socket = client.connect()) {
      socket
          .getOutputStream()
          .write(
              "GET /echo/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String begun = Client.until("event: hello", socket);
      CompletableFuture<String> heard =
          CompletableFuture.supplyAsync(() -> {
            try {
              return begun + Client.rest(socket);
            } catch (java.io.IOException cut) {
              throw new java.io.UncheckedIOException(cut);
            }
          });
      long began = System.nanoTime();

      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
      assertThat(heard.get(3, TimeUnit.SECONDS))
          .startsWith("HTTP/1.1 200")
          .contains("event: hello", "event: bye")
          .endsWith("\r\n0\r\n\r\n");
    }
  }

  @Test
  void a_request_that_is_being_answered_is_answered() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(() -> client.get("/echo/slow"));
    while (door.slow.getQueueLength() < 1) {
      Thread.onSpinWait();
    }
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close);
    Thread.sleep(200);

    assertThat(stopping).isNotDone();
    door.slow.release();

    assertThat(waiting.get(3, TimeUnit.SECONDS).body()).isEqualTo("at last");
    stopping.get(3, TimeUnit.SECONDS);
  }

  @Test
  void a_request_that_takes_too_long_is_not_waited_for() {
    ServerLimits usual = ServerLimits.USUAL;
    ServerLimits hasty =
        new ServerLimits(
            usual.bodyBytes(),
            usual.modelBytes(),
            usual.parts(),
            usual.headerBytes(),
            usual.connections(),
            usual.requestsOfOne(),
            usual.idle(),
            usual.head(),
            usual.bytesPerSecond(),
            Duration.ofMillis(200));
    EchoDoor busy = new EchoDoor();
    Server other =
        Server.start(ServerOptions.local().withPort(0).withLimits(hasty), List.of(busy), List.of());
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(() -> new Client(other.port()).get("/echo/slow"));
    while (busy.slow.getQueueLength() < 1) {
      Thread.onSpinWait();
    }

    other.close();

    assertThat(waiting).failsWithin(Duration.ofSeconds(2));
  }

  @Test
  void closing_twice_does_no_harm() {
    server.close();
    server.close();
  }

  @Test
  void a_port_that_is_taken_is_said_with_what_to_do() {
    ServerOptions same = ServerOptions.local().withPort(server.port());
    try (server) {
      assertThatThrownBy(() -> Server.start(same, List.of(), List.of()))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "cannot listen at 127.0.0.1, port %d: it is taken; choose another with --port, or 0"
                      .formatted(server.port())
                  + " for any that is free");
    }
  }
}
