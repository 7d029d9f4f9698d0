package io.songe.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.server.Server;
import io.songe.server.ServerLimits;
import io.songe.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What requests become, and what is answered, with a desk that draws at once. */
final class OpenAiDoorTest {
  @TempDir private Path folder;
  private FakeServer server;
  private FakeDesk desk;

  @BeforeEach
  void start() {
    server = new FakeServer(folder);
    desk = server.desk;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_picture_is_answered_as_base64() throws Exception {
    JsonNode answer = server.fox("'size': '64x128', 'response_format': 'b64_json'");

    byte[] file = Base64.getDecoder().decode(answer.at("/data/0/b64_json").stringValue());
    Png png = Png.decode(file, "answer", PngLimits.DEFAULT);
    assertThat(png.image().height()).isEqualTo(128);
    assertThat(png.texts()).containsEntry("parameters", "a fox");
    assertThat(answer.at("/size").stringValue()).isEqualTo("64x128");
    assertThat(answer.at("/output_format").stringValue()).isEqualTo("png");
    assertThat(answer.at("/background").stringValue()).isEqualTo("opaque");
    assertThat(answer.at("/usage/output_tokens").intValue()).isEqualTo(32);
    assertThat(answer.at("/usage/input_tokens_details/text_tokens").intValue()).isEqualTo(2);
    assertThat(answer.at("/created").longValue()).isPositive();
  }

  @Test
  void a_link_leads_to_the_picture_for_whoever_has_it() throws Exception {
    JsonNode answer = server.fox("'n': 2, 'model': 'dall-e-3'");

    String link = answer.at("/data/1/url").stringValue();
    HttpResponse<byte[]> picture = server.fetch(link);
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(Png.decode(picture.body(), "answer", PngLimits.DEFAULT).texts())
        .containsEntry("parameters", "a fox");
    assertThat(answer.at("/data/0/url").stringValue()).isNotEqualTo(link);
  }

  @Test
  void a_link_that_was_changed_leads_nowhere() throws Exception {
    String link = server.fox("").at("/data/0/url").stringValue();
    int place = link.length() - 20;
    char other = link.charAt(place) == 'A' ? 'B' : 'A';
    String changed = link.substring(0, place) + other + link.substring(place + 1);

    assertThat(server.fetch(changed).statusCode()).isEqualTo(404);
  }

  @Test
  void a_stream_has_previews_and_then_the_picture() throws Exception {
    HttpResponse<String> answer =
        server.post(
            FakeServer.GENERATIONS,
            """
            {"prompt": "a fox", "stream": true, "partial_images": 2, "size": "64x64"}
            """);

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(answer.body().lines().filter(line -> line.startsWith("event: ")).toList())
        .containsExactly(
            "event: image_generation.partial_image",
            "event: image_generation.partial_image",
            "event: image_generation.completed");
    List<JsonNode> data =
        answer
            .body()
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> FakeServer.JSON.readTree(line.substring(6)))
            .toList();
    assertThat(data.get(1).at("/partial_image_index").intValue()).isEqualTo(1);
    assertThat(data.get(2).at("/type").stringValue()).isEqualTo("image_generation.completed");
    assertThat(data.get(2).at("/usage/total_tokens").intValue()).isEqualTo(18);
  }

  @Test
  void a_client_that_hangs_up_gives_its_job_up() throws Exception {
    desk.worker = _ -> {};
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, "{\"prompt\": \"a fox\"}");
      await(() -> desk.listeners() == 1 && !desk.wishes.isEmpty());
      assertThat(desk.cancelled).isEmpty();
    }

    assertThat(desk.cancelled.poll(5, TimeUnit.SECONDS)).isEqualTo("job1");
    await(() -> desk.listeners() == 0);
  }

  @Test
  void a_client_that_hangs_up_a_stream_gives_its_job_up() throws Exception {
    desk.worker = _ -> {};
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, "{\"prompt\": \"a fox\", \"stream\": true}");
      assertThat(socket.getInputStream().readNBytes(15)).asString().isEqualTo("HTTP/1.1 200 OK");
    }

    assertThat(desk.cancelled.poll(5, TimeUnit.SECONDS)).isEqualTo("job1");
    await(() -> desk.listeners() == 0);
  }

  @Test
  void a_job_that_is_waited_for_outlives_the_server() throws Exception {
    desk.worker = _ -> {};
    ServerLimits usual = ServerLimits.USUAL;
    ServerLimits impatient =
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
            Duration.ofMillis(100));
    var stopping =
        Server.start(
            ServerOptions.local().withPort(0).withLimits(impatient),
            List.of(new OpenAiDoor(desk, Clock.systemUTC())),
            List.of());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stopping.port())) {
      send(socket, stopping.port(), "{\"prompt\": \"a fox\"}");
      await(() -> desk.listeners() == 1 && !desk.wishes.isEmpty());

      stopping.close();

      await(() -> desk.listeners() == 0);
      assertThat(desk.cancelled).isEmpty();
    }
  }

  @Test
  void a_client_that_sends_its_next_request_early_is_answered_both() throws Exception {
    desk.worker =
        job -> {
          LockSupport.parkNanos(Duration.ofMillis(1200).toNanos());
          desk.draw(job);
        };
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      send(socket, "{\"prompt\": \"a fox\"}");
      await(() -> !desk.wishes.isEmpty());
      socket
          .getOutputStream()
          .write(
              "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                  .formatted(server.port())
                  .getBytes(StandardCharsets.US_ASCII));

      String both = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(both.split("HTTP/1.1 200 OK")).hasSize(3);
      assertThat(both).contains("\"url\"").contains("\"object\":\"list\"");
    }
    assertThat(desk.cancelled).isEmpty();
  }

  private void send(Socket socket, String json) throws IOException {
    send(socket, server.port(), json);
  }

  private static void send(Socket socket, int port, String json) throws IOException {
    socket
        .getOutputStream()
        .write(
            """
            POST /v1/images/generations HTTP/1.1\r
            Host: 127.0.0.1:%d\r
            Content-Type: application/json\r
            Content-Length: %d\r
            \r
            %s\
            """
                .formatted(port, json.length(), json)
                .getBytes(StandardCharsets.US_ASCII));
  }

  private static void await(BooleanSupplier wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      Thread.sleep(10);
    }
  }
}
