package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.songe.jobs.QueueLimits;
import io.songe.server.a1111.A1111Door;
import io.songe.server.api.ApiDoor;
import io.songe.server.openai.OpenAiDoor;
import io.songe.studio.Studio;
import io.songe.studio.StudioSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The security rules at all three doors of a whole studio with two users, of whom Bob is after what
 * is Ada's. Rules 3, 4 and 14 are about files and are tested where those are read and fetched.
 */
class DoorsSecurityTest {
  private static final String ADA = "adas-own-secret-token";
  private static final String BOB = "bobs-own-secret-token";
  private static final String JSON = "application/json";
  private static final String SECRET = "a phrase that is nobodys business";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path temp;

  private static Studio studio;
  private static Server server;
  private static String job = "";
  private static String picture = "";

  private record Answer(int status, String body, java.net.http.HttpHeaders headers) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  @BeforeAll
  static void draw() throws Exception {
    Clock clock = Clock.systemUTC();
    studio =
        Studio.open(
            new StudioSettings(
                temp.resolve("studio"),
                temp.resolve("models"),
                "songe-mini",
                1,
                new QueueLimits(3, 3, 100)),
            clock);
    Access access = Access.users(List.of(Access.line("ada", ADA), Access.line("bob", BOB)), "x");
    server =
        Server.start(
            ServerOptions.local().withPort(0).withAccess(access),
            List.of(
                new ApiDoor(studio), new OpenAiDoor(studio, clock), new A1111Door(studio, clock)),
            List.of());
    job = postJson(ADA, "/api/jobs", small(SECRET)).json().path("id").asString();
    long until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    while (picture.isEmpty() && System.nanoTime() < until) {
      picture =
          send(ADA, "GET", "/api/jobs/" + job, "", new byte[0])
              .json()
              .path("pictures")
              .path(0)
              .asString("");
      Thread.sleep(20);
    }
    assertThat(picture).isNotEmpty();
  }

  @AfterAll
  static void stop() {
    server.close();
    studio.close();
  }

  private static String small(String phrase) {
    return "{\"phrase\":\"%s\",\"width\":64,\"height\":64,\"steps\":2,\"seed\":1}"
        .formatted(phrase);
  }

  private static Answer get(String token, String path) {
    return send(token, "GET", path, "", new byte[0]);
  }

  private static Answer postJson(String token, String path, String body) {
    return send(token, "POST", path, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer send(String token, String method, String path, String type, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    try {
      HttpResponse<byte[]> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(
          answer.statusCode(),
          new String(answer.body(), StandardCharsets.ISO_8859_1),
          answer.headers());
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static Answer form(String path, String field, byte[] file) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (path.endsWith("/edits")) {
      body.writeBytes(
          "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nx\r\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes(
        String.join(
                "\r\n",
                "--b",
                "Content-Disposition: form-data; name=\"%s\"; filename=\"../../x.png\"",
                "Content-Type: image/png",
                "",
                "")
            .formatted(field)
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(file);
    body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
    return send(BOB, "POST", path, "multipart/form-data; boundary=b", body.toByteArray());
  }

  @Test
  void rule_05_an_address_in_a_request_is_never_fetched() throws IOException {
    AtomicInteger visits = new AtomicInteger();
    HttpServer trap =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    trap.createContext(
        "/",
        exchange -> {
          visits.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    trap.start();
    String address = "http://127.0.0.1:" + trap.getAddress().getPort() + "/a.png";

    try {
      assertThat(
              List.of(
                  postJson(BOB, "/sdapi/v1/img2img", "{\"init_images\":[\"" + address + "\"]}"),
                  postJson(BOB, "/sdapi/v1/png-info", "{\"image\":\"" + address + "\"}"),
                  postJson(BOB, "/sdapi/v1/extra-single-image", "{\"image\":\"" + address + "\"}"),
                  postJson(
                      BOB,
                      "/v1/images/edits",
                      "{\"prompt\":\"x\",\"images\":[{\"image_url\":\"" + address + "\"}]}"),
                  postJson(
                      BOB,
                      "/api/jobs",
                      "{\"phrase\":\"x\",\"start\":{\"input\":\""
                          + address
                          + "\",\"kind\":\"picture\"}}")))
          .allSatisfy(answer -> assertThat(answer.status).as(answer.body).isBetween(400, 499));
      assertThat(visits).hasValue(0);
    } finally {
      trap.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../etc/passwd",
        "/etc/passwd",
        "..",
        ".",
        "C:/windows/win.ini",
        "models/../x",
        "\\\\\\\\server\\\\share",
        "songe-mini:stream",
        "x\\u0000.safetensors"
      })
  void rule_06_models_are_asked_for_by_name_and_nothing_else(String name) {
    assertThat(
            List.of(
                postJson(BOB, "/api/jobs", "{\"phrase\":\"x\",\"model\":\"" + name + "\"}"),
                postJson(
                    BOB,
                    "/sdapi/v1/txt2img",
                    "{\"prompt\":\"x\",\"override_settings\":{\"sd_model_checkpoint\":\""
                        + name
                        + "\"}}"),
                postJson(BOB, "/sdapi/v1/options", "{\"sd_model_checkpoint\":\"" + name + "\"}"),
                postJson(BOB, "/api/jobs", "{\"phrase\":\"x <lora:" + name + ":1>\"}")))
        .allSatisfy(answer -> assertThat(answer.status).as(answer.body).isBetween(400, 499));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/status",
        "/api/models",
        "/api/models/songe-mini",
        "/api/options",
        "/api/jobs",
        "/api/pictures",
        "/sdapi/v1/options",
        "/sdapi/v1/sd-models",
        "/sdapi/v1/cmd-flags",
        "/sdapi/v1/loras",
        "/sdapi/v1/embeddings",
        "/sdapi/v1/sd-vae",
        "/sdapi/v1/upscalers",
        "/sdapi/v1/memory",
        "/sdapi/v1/progress",
        "/sdapi/v1/scripts",
        "/sdapi/v1/samplers",
        "/v1/models",
        "/v1/models/songe-mini",
        "/metrics"
      })
  void rule_06_and_09_no_answer_tells_where_files_lie_or_what_is_secret(String path) {
    Answer answer = get(ADA, path);

    assertThat(answer.status).isEqualTo(200);
    assertThat(answer.body)
        .doesNotContain(
            temp.toString(),
            System.getProperty("user.home") + "/",
            System.getProperty("java.io.tmpdir") + "/",
            ADA,
            BOB,
            "SONGE_TOKEN");
  }

  private static byte[] bomb() {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(60_000)
            .putInt(60_000)
            .put(new byte[] {8, 6, 0, 0, 0})
            .array();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10});
    chunk(out, "IHDR", header);
    chunk(out, "IDAT", new byte[] {120, (byte) 156, 3, 0, 0, 0, 0, 1});
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] named =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 sum = new CRC32();
    sum.update(named);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(named);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] evil(String kind) {
    return switch (kind) {
      case "bomb" -> bomb();
      case "svg" ->
          "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"
              .getBytes(StandardCharsets.UTF_8);
      case "html" -> "<!doctype html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
      case "cut" -> new byte[] {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0};
      default -> new byte[0];
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"bomb", "svg", "html", "cut", "empty"})
  void rule_07_what_is_no_picture_of_a_fair_size_is_refused_before_it_is_unpacked(String kind) {
    byte[] file = evil(kind);
    String base64 = Base64.getEncoder().encodeToString(file);

    assertThat(
            List.of(
                send(BOB, "POST", "/api/inputs", "image/png", file),
                send(BOB, "POST", "/api/read", "image/png", file),
                form("/api/inputs", "file", file),
                form("/api/pictures", "file", file),
                form("/v1/images/variations", "image", file),
                form("/v1/images/edits", "image", file),
                postJson(BOB, "/sdapi/v1/img2img", "{\"init_images\":[\"" + base64 + "\"]}"),
                postJson(BOB, "/sdapi/v1/extra-single-image", "{\"image\":\"" + base64 + "\"}")))
        .allSatisfy(answer -> assertThat(answer.status).as(answer.body).isBetween(400, 499));
  }

  @Test
  void rule_07_reading_a_pictures_texts_unpacks_nothing() {
    String base64 = Base64.getEncoder().encodeToString(bomb());

    Answer answer = postJson(BOB, "/sdapi/v1/png-info", "{\"image\":\"" + base64 + "\"}");

    assertThat(answer.status).isLessThan(500);
    assertThat(answer.body).doesNotContain("60000");
  }

  @Test
  void rule_07_a_picture_goes_out_as_a_picture_and_nothing_else() {
    Answer answer = get(ADA, "/api/pictures/" + picture + "/file");

    assertThat(answer.status).isEqualTo(200);
    assertThat(answer.headers.firstValue("Content-Type")).hasValue("image/png");
    assertThat(answer.headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers.firstValue("Content-Security-Policy")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sdapi/v1/server-kill",
        "/sdapi/v1/server-restart",
        "/sdapi/v1/server-stop",
        "/sdapi/v1/create/embedding",
        "/sdapi/v1/create/hypernetwork",
        "/sdapi/v1/train/embedding",
        "/sdapi/v1/extensions",
        "/sdapi/v1/scripts",
        "/api/plugins",
        "/api/update"
      })
  void rule_08_nothing_is_installed_or_ended_through_http(String path) {
    assertThat(postJson(ADA, path, "{}").status).isIn(403, 404, 405);
    assertThat(get(ADA, "/health").status).isEqualTo(200);
  }

  @Test
  void rule_09_the_log_has_no_tokens_and_no_phrases() {
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord told) {
            logged.add(told.getMessage() + told.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);

    try {
      postJson(ADA, "/api/jobs", "{\"phrase\":\"" + SECRET + "\",\"steps\":-1}");
      postJson(ADA, "/api/jobs?token=" + ADA, "{\"phrase\":\"" + SECRET);
      postJson(ADA, "/v1/images/generations", "{\"prompt\":\"" + SECRET + "\",\"n\":-1}");
      postJson(ADA, "/sdapi/v1/txt2img", "{\"prompt\":\"" + SECRET + "\",\"steps\":\"x\"}");
      get("not-the-token-of-anybody", "/api/jobs");
    } finally {
      root.removeHandler(handler);
    }

    assertThat(logged.toString()).doesNotContain(SECRET, ADA, "not-the-token-of-anybody");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/jobs | {'phrase':'x','width':1000000,'height':1000000}",
        "/api/jobs | {'phrase':'x','steps':1000000}",
        "/api/jobs | {'phrase':'x','count':1000000}",
        "/api/jobs | {'phrase':'x','width':99999999999999999999}",
        "/v1/images/generations | {'prompt':'x','size':'1000000x1000000'}",
        "/v1/images/generations | {'prompt':'x','n':1000000}",
        "/sdapi/v1/txt2img | {'prompt':'x','width':1000000,'height':1000000}",
        "/sdapi/v1/txt2img | {'prompt':'x','steps':1000000}",
        "/sdapi/v1/txt2img | {'prompt':'x','batch_size':1000,'n_iter':1000}",
        "/sdapi/v1/txt2img | {'prompt':'x','enable_hr':true,'hr_scale':1000}"
      })
  void rule_10_a_request_has_a_budget(String path, String body) {
    Answer answer = postJson(BOB, path, body.replace('\'', '"'));

    assertThat(answer.status).as(answer.body).isBetween(400, 499);
  }

  @Test
  void rule_10_a_full_queue_says_when_to_come_back_at_every_door() {
    studio.queue().pause();
    try {
      List<String> waiting = new ArrayList<>();
      Answer last = postJson(BOB, "/api/jobs", small("x"));
      while (last.status == 202) {
        waiting.add(last.json().path("id").asString());
        last = postJson(BOB, "/api/jobs", small("x"));
      }

      assertThat(waiting).hasSize(3);
      assertThat(
              List.of(
                  last,
                  postJson(BOB, "/v1/images/generations", "{\"prompt\":\"x\"}"),
                  postJson(BOB, "/sdapi/v1/txt2img", "{\"prompt\":\"x\"}")))
          .allSatisfy(answer -> {
            assertThat(answer.status).isEqualTo(429);
            assertThat(answer.headers.firstValue("Retry-After")).isPresent();
          });
      waiting.forEach(id -> postJson(BOB, "/api/jobs/" + id + "/cancel", ""));
    } finally {
      studio.queue().resume();
    }
  }

  private static Stream<String> adasPaths() {
    return Stream.of(
        "/api/jobs/" + job,
        "/api/jobs/" + job + "/preview",
        "/api/jobs/" + job + "/pictures/0",
        "/api/jobs/" + job + "/frames/0",
        "/api/jobs/" + job + "/film?format=gif",
        "/api/pictures/" + picture,
        "/api/pictures/" + picture + "/file",
        "/api/pictures/" + picture + "/thumbnail?side=256",
        "/api/pictures/" + picture + "/similar");
  }

  @Test
  void rule_11_another_users_jobs_and_pictures_are_not_there() {
    assertThat(adasPaths()).allSatisfy(path -> assertThat(get(BOB, path).status).isEqualTo(404));
    assertThat(get(BOB, "/api/jobs").body).doesNotContain(job, SECRET);
    assertThat(get(BOB, "/api/pictures?q=phrase").body).doesNotContain(picture, SECRET);
    assertThat(get(BOB, "/api/pictures?q=phrase").json().path("total").asInt()).isZero();
    assertThat(get(ADA, "/api/pictures?q=phrase").json().path("total").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/jobs/%s/cancel",
    "POST, /api/jobs/%s/retry",
    "POST, /api/jobs/%s/hold",
    "POST, /api/jobs/%s/release",
    "POST, /api/jobs/%s/move"
  })
  void rule_11_another_users_job_cannot_be_changed(String method, String path) {
    Answer answer =
        send(
            BOB,
            method,
            path.formatted(job),
            JSON,
            "{\"before\":null}".getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status).isEqualTo(404);
    assertThat(get(ADA, "/api/jobs/" + job).json().path("state").asString()).isEqualTo("finished");
  }

  @Test
  void rule_11_another_users_picture_cannot_be_changed() {
    byte[] mark = "{\"favourite\":true}".getBytes(StandardCharsets.UTF_8);

    assertThat(send(BOB, "PATCH", "/api/pictures/" + picture, JSON, mark).status).isEqualTo(404);
    assertThat(send(BOB, "DELETE", "/api/pictures/" + picture, "", new byte[0]).status)
        .isEqualTo(404);
    assertThat(postJson(BOB, "/api/pictures/" + picture + "/restore", "").status).isEqualTo(404);
    assertThat(
            send(BOB, "PUT", "/api/collections/mine/pictures/" + picture, "", new byte[0]).status)
        .isEqualTo(404);
    assertThat(
            postJson(
                    BOB,
                    "/api/jobs",
                    "{\"phrase\":\"x\",\"start\":{\"picture\":\""
                        + picture
                        + "\",\"kind\":\"picture\"}}")
                .status)
        .isBetween(400, 404);
    JsonNode now = get(ADA, "/api/pictures/" + picture).json();
    assertThat(now.path("favourite").asBoolean()).isFalse();
    assertThat(now.path("trashed").asBoolean()).isFalse();
  }

  @Test
  void rule_11_an_interruption_touches_only_the_callers_own() {
    studio.queue().pause();
    try {
      String adas = postJson(ADA, "/api/jobs", small("y")).json().path("id").asString();

      postJson(BOB, "/sdapi/v1/interrupt", "");
      postJson(BOB, "/sdapi/v1/skip", "");
      JsonNode bobs = get(BOB, "/sdapi/v1/progress").json();

      assertThat(get(ADA, "/api/jobs/" + adas).json().path("state").asString()).isEqualTo("queued");
      assertThat(bobs.path("progress").asDouble()).isZero();
      assertThat(bobs.path("state").path("job_count").asInt()).isZero();
      postJson(ADA, "/api/jobs/" + adas + "/cancel", "");
    } finally {
      studio.queue().resume();
    }
  }

  @Test
  void rule_11_names_cannot_be_guessed() {
    assertThat(job).matches("[a-z0-9]{26}");
    assertThat(picture).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<sd_cpp_extra_args>{\\\"steps\\\":999999}</sd_cpp_extra_args>",
        "x\\nSteps: 999999, Sampler: Nonsense, Size: 9999x9999, Model: ../../x",
        "{{7*7}} ${jndi:ldap://127.0.0.1:1/x} %s%n"
      })
  void rule_12_a_phrase_is_only_a_phrase(String phrase) {
    String before = get(BOB, "/sdapi/v1/options").body;
    studio.queue().pause();
    try {
      Answer answer = postJson(BOB, "/api/jobs", small(phrase));

      assertThat(answer.status).as(answer.body).isEqualTo(202);
      assertThat(answer.json().path("steps").asInt()).isEqualTo(2);
      assertThat(answer.json().path("width").asInt()).isEqualTo(64);
      assertThat(answer.json().path("model").asString()).isEqualTo("songe-mini");
      assertThat(get(BOB, "/sdapi/v1/options").body).isEqualTo(before);
      postJson(BOB, "/api/jobs/" + answer.json().path("id").asString() + "/cancel", "");
    } finally {
      studio.queue().resume();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..%2F..%2Fkeep.txt",
        "%2e%2e%2fkeep.txt",
        "..%5Ckeep.txt",
        "keep.txt",
        "%2Fetc%2Fpasswd",
        "a%00b",
        "."
      })
  void rule_13_nothing_is_deleted_by_a_path(String name) throws IOException {
    Path keep = Files.writeString(temp.resolve("studio").resolve("keep.txt"), "mine");

    Answer answer = send(BOB, "DELETE", "/api/pictures/" + name, "", new byte[0]);

    assertThat(answer.status).isBetween(400, 499);
    assertThat(keep).exists();
  }

  @Test
  void rule_13_a_deleted_picture_lies_in_the_trash() throws Exception {
    assertThat(
            send(ADA, "DELETE", "/api/pictures/" + picture, "", new byte[0])
                .json()
                .path("trashed")
                .asBoolean())
        .isTrue();
    try (Stream<Path> files = Files.walk(temp.resolve("studio").resolve("gallery"))) {
      assertThat(files.map(Path::toString))
          .anyMatch(file -> file.contains("trash") && file.endsWith("_" + picture + ".png"));
    }

    assertThat(postJson(ADA, "/api/pictures/" + picture + "/restore", "").status).isEqualTo(200);
  }
}
