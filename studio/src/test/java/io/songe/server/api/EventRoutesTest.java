package io.songe.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventRoutesTest {
  private static final String SMALL = "\"width\": 64, \"height\": 64, \"steps\": 4";

  private static final Map<String, String> SCHEMAS =
      Map.of("queue", "Paused", "job", "Job", "step", "Step", "picture", "Drawn", "ended", "Job");

  @TempDir static Path folder;
  private static ApiStudio studio;

  @BeforeAll
  static void open() {
    studio = new ApiStudio(folder);
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  private record Event(String name, JsonNode data) {}

  /** A client that speaks no more of HTTP than it must, so that it can be cut off anywhere. */
  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client() throws IOException {
      this(studio.port());
    }

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      String request = "GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    Event next() throws IOException {
      String name = "";
      while (true) {
        String line = in.readLine();
        if (line == null) {
          return new Event("", JsonMapper.shared().nullNode());
        }
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          return new Event(name, JsonMapper.shared().readTree(line.substring("data: ".length())));
        }
      }
    }

    List<Event> until(Predicate<Event> last) throws IOException {
      List<Event> events = new ArrayList<>();
      do {
        events.add(next());
      } while (!last.test(events.getLast()));
      return events;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void eventually(BooleanSupplier holds) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (!holds.getAsBoolean() && Instant.now().isBefore(end)) {
      Thread.sleep(20);
    }
    assertThat(holds.getAsBoolean()).isTrue();
  }

  /** A connection is found to be closed when there is something to tell. */
  private static boolean nobodyHears() {
    studio.post("/api/queue/resume", "{}");
    return studio.door().streams() == 0;
  }

  private static String submit(String phrase) {
    return studio
        .post("/api/jobs", "{\"phrase\": \"" + phrase + "\", \"count\": 2, " + SMALL + "}")
        .json()
        .get("id")
        .stringValue();
  }

  @Test
  void a_job_is_told_from_being_queued_to_its_end() throws IOException {
    try (var client = new Client()) {
      client.until(event -> event.name().equals("queue"));

      String id = submit("a told tale");
      List<Event> events =
          client.until(event ->
              event.name().equals("ended") && event.data().get("id").stringValue().equals(id));

      assertThat(events).extracting(Event::name).contains("job", "step").endsWith("ended");
      assertThat(events)
          .allSatisfy(event ->
              assertThat(
                      OpenApi.DOCUMENT.wrong(
                          SCHEMAS.getOrDefault(event.name(), "none"), event.data()))
                  .isEmpty());
      List<Event> pictures =
          events.stream().filter(event -> event.name().equals("picture")).toList();
      assertThat(pictures)
          .extracting(event -> event.data().get("image").intValue())
          .containsExactly(0, 1);
      assertThat(pictures.getFirst().data().get("job").get("id").stringValue()).isEqualTo(id);
      assertThat(events.getLast().data().get("state").stringValue()).isEqualTo("finished");
    }
  }

  @Test
  void previews_are_small_pictures_in_the_events_themselves() throws IOException {
    try (var client = new Client()) {
      submit("a glimpse");

      List<Event> events = client.until(event -> event.name().equals("ended"));

      assertThat(events)
          .filteredOn(
              event -> event.name().equals("step") && event.data().get("preview").isString())
          .isNotEmpty()
          .extracting(event -> event.data().get("preview").stringValue())
          .allSatisfy(preview -> {
            assertThat(preview.substring(0, 23)).isEqualTo("data:image/webp;base64,");
            assertThat(preview.length()).isLessThan(20_000);
          });
    }
  }

  @Test
  void a_new_stream_begins_with_the_present_state() throws IOException {
    studio.post("/api/queue/pause", "{}");
    String waiting = submit("a wait");

    try (var client = new Client()) {
      List<Event> events = client.until(event -> event.name().equals("job"));
      studio.post("/api/jobs/" + waiting + "/cancel", "{}");
      studio.post("/api/queue/resume", "{}");
      List<Event> later = client.until(event -> event.name().equals("queue"));

      assertThat(events.getFirst().data().get("paused").booleanValue()).isTrue();
      assertThat(events.getLast().data().get("id").stringValue()).isEqualTo(waiting);
      assertThat(later.getLast().data().get("paused").booleanValue()).isFalse();
    }
  }

  @Test
  void a_client_that_is_cut_off_frees_its_place_and_holds_up_nothing()
      throws IOException, InterruptedException {
    eventually(EventRoutesTest::nobodyHears);
    var client = new Client();
    client.next();
    assertThat(studio.door().streams()).isEqualTo(1);
    String id = submit("a cut connection");

    client.until(event -> event.name().equals("step"));
    client.close();

    assertThat(studio.over(id).get("state").stringValue()).isEqualTo("finished");
    eventually(EventRoutesTest::nobodyHears);
  }

  @Test
  void a_client_that_does_not_read_holds_up_nothing() throws IOException {
    try (var client = new Client()) {
      client.next();

      for (int i = 0; i < 3; i++) {
        String id = submit("unheard " + i);
        assertThat(studio.over(id).get("state").stringValue()).isEqualTo("finished");
      }
    }
  }

  @Test
  void streams_end_when_the_server_stops(@TempDir Path other)
      throws IOException, InterruptedException {
    var stopping = new ApiStudio(other);
    try (var client = new Client(stopping.port())) {
      eventually(() -> stopping.door().streams() == 1);
      Instant before = Instant.now();

      stopping.close();

      assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(stopping.door().streams()).isZero();
      assertThat(client.until(event -> event.name().isEmpty())).isNotEmpty();
    }
  }
}
