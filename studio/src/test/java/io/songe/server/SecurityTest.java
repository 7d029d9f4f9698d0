package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does for whatever stands behind its doors; each test names its rule. */
class SecurityTest {
  private static final String TOKEN = "correct-horse-battery";
  private static final String JSON = "application/json";
  private static final EchoDoor DOOR = new EchoDoor();

  private static Server open;
  private static Server closed;
  private static Client anybody;
  private static Client somebody;

  @BeforeAll
  static void start() {
    ServerOptions options = ServerOptions.local().withPort(0);
    open =
        Server.start(options.withAllowedHosts(Set.of("studio.example")), List.of(DOOR), List.of());
    closed = Server.start(options.withAccess(Access.token(TOKEN)), List.of(DOOR), List.of());
    anybody = new Client(open.port());
    somebody = new Client(closed.port());
  }

  @AfterAll
  static void stop() {
    open.close();
    closed.close();
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rule_01_by_default_only_this_machine_is_listened_to() {
    assertThat(ServerOptions.local().host()).isEqualTo("127.0.0.1");
    assertThat(ServerOptions.local().access().isRestricted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void rule_01_another_address_without_a_token_is_refused(String host) {
    ServerOptions options = ServerOptions.local().withHost(host).withPort(0);

    assertThatThrownBy(() -> Server.start(options, List.of(), List.of()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "others can reach %s, so a token is needed there; add --token, or leave out --host"
                .formatted(host));
  }

  @Test
  void rule_01_another_address_is_fine_with_a_token() {
    ServerOptions options =
        ServerOptions.local().withHost("0.0.0.0").withPort(0).withAccess(Access.token(TOKEN));

    try (Server server = Server.start(options, List.of(DOOR), List.of())) {
      Client client = new Client(server.port());

      assertThat(client.get("/echo/user").statusCode()).isEqualTo(401);
      assertThat(client.get("/echo/user", "Authorization", "Bearer " + TOKEN).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void rule_01_a_token_opens_as_bearer_and_as_basic() {
    assertThat(somebody.get("/echo/user", "Authorization", "Bearer " + TOKEN).body())
        .isEqualTo("local");
    assertThat(somebody.get("/echo/user", "Authorization", "bearer " + TOKEN).statusCode())
        .isEqualTo(200);
    assertThat(somebody.get("/echo/user", "Authorization", basic("anything", TOKEN)).body())
        .isEqualTo("local");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer wrong-horse-battery",
        "Bearer ",
        "Bearer",
        "Basic",
        "Basic %%%",
        "Basic b25seQ==",
        "Digest correct-horse-battery",
        "correct-horse-battery",
        ""
      })
  void rule_01_nothing_else_opens(String header) {
    HttpResponse<String> answer = somebody.get("/echo/user", "Authorization", header);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"songe\"");
    assertThat(answer.body()).startsWith("{\"echo\":\"a token is needed");
  }

  @Test
  void rule_01_without_a_token_nothing_but_health_answers() {
    assertThat(somebody.get("/health").statusCode()).isEqualTo(200);
    assertThat(somebody.get("/metrics").statusCode()).isEqualTo(401);
    assertThat(somebody.get("/echo/nowhere").statusCode()).isEqualTo(401);
    assertThat(somebody.get("/index.html").statusCode()).isEqualTo(401);
    assertThat(somebody.post("/echo/change", "{}", "Content-Type", JSON).statusCode())
        .isEqualTo(401);
  }

  @Test
  void rule_01_who_guesses_has_to_wait() {
    ServerOptions options = ServerOptions.local().withPort(0).withAccess(Access.token(TOKEN));
    try (Server server = Server.start(options, List.of(DOOR), List.of())) {
      Client client = new Client(server.port());
      for (int i = 0; i < 20; i++) {
        assertThat(client.get("/echo/user", "Authorization", "Bearer guess" + i).statusCode())
            .isEqualTo(401);
      }

      HttpResponse<String> answer = client.get("/echo/user", "Authorization", "Bearer guess20");

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "fifteen-letters"})
  void rule_01_a_token_that_can_be_guessed_is_refused(String token) {
    assertThatThrownBy(() -> Access.token(token))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("a token needs at least 16 characters, got " + token.length())
        .hasMessageNotContaining(token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "evil.example:7860",
        "127.0.0.2",
        "0.0.0.0",
        "127.0.0.1:7860@evil.example",
        "[::2]",
        ""
      })
  void rule_02_a_foreign_host_is_not_answered(String host) {
    assertThat(anybody.request("GET /echo/user", "Host: " + host)).startsWith("HTTP/1.1 4");
    assertThat(anybody.request("GET /health", "Host: " + host)).startsWith("HTTP/1.1 4");
    assertThat(anybody.request("GET /", "Host: " + host)).startsWith("HTTP/1.1 4");
  }

  @Test
  void rule_02_a_refused_host_is_told_what_to_do() {
    assertThat(anybody.request("GET /echo/user", "Host: evil.example"))
        .startsWith("HTTP/1.1 403")
        .contains("{\"echo\":\"this server does not answer under the name of the Host header;")
        .contains("--allow-host");
  }

  @Test
  void rule_02_no_host_is_not_answered() {
    assertThat(anybody.raw("GET /echo/user HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 403");
    assertThat(anybody.request("GET /echo/user", "X: y")).startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:8080",
        "[::1]:7860",
        "studio.example",
        "Studio.Example:443"
      })
  void rule_02_this_machine_and_allowed_names_are_answered(String host) {
    assertThat(anybody.request("GET /echo/user", "Host: " + host)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "https://127.0.0.1",
        "http://127.0.0.1:1",
        "null",
        "http://localhost:%d",
        "http://127.0.0.1:%d.evil.example",
        "file://",
        "ftp://127.0.0.1:%d",
        "chrome-extension://abc",
        "",
        "http://",
        "http://127.0.0.1:%d/"
      })
  void rule_02_a_foreign_origin_cannot_change_anything(String origin) {
    int before = DOOR.changes.get();
    String sent = origin.formatted(open.port());

    HttpResponse<String> answer =
        anybody.post("/echo/change", "{}", "Content-Type", JSON, "Origin", sent);

    assertThat(answer.statusCode()).as(sent).isEqualTo(origin.endsWith("%d/") ? 200 : 403);
    assertThat(DOOR.changes.get()).isEqualTo(origin.endsWith("%d/") ? before + 1 : before);
  }

  @Test
  void rule_02_the_page_itself_and_programs_can_change() {
    int before = DOOR.changes.get();
    String own = "http://127.0.0.1:" + open.port();

    assertThat(
            anybody
                .post(
                    "/echo/change",
                    "{}",
                    "Content-Type",
                    JSON,
                    "Origin",
                    own,
                    "Sec-Fetch-Site",
                    "same-origin")
                .statusCode())
        .isEqualTo(200);
    assertThat(anybody.post("/echo/change", "{}", "Content-Type", JSON).statusCode())
        .isEqualTo(200);
    assertThat(DOOR.changes.get()).isEqualTo(before + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site, cors, empty, 403",
    "same-site, cors, empty, 403",
    "cross-site, no-cors, image, 403",
    "cross-site, navigate, iframe, 403",
    "cross-site, navigate, document, 200",
    "same-origin, cors, empty, 200",
    "none, navigate, document, 200"
  })
  void rule_02_other_sites_cannot_even_read(String site, String mode, String target, int status) {
    HttpResponse<String> answer =
        anybody.get(
            "/echo/user", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", mode, "Sec-Fetch-Dest", target);

    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void rule_02_a_visit_cannot_change_anything() {
    HttpResponse<String> answer =
        anybody.post(
            "/echo/change",
            "{}",
            "Content-Type",
            JSON,
            "Sec-Fetch-Site",
            "cross-site",
            "Sec-Fetch-Mode",
            "navigate",
            "Sec-Fetch-Dest",
            "document");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, 200",
    "application/json; charset=utf-8, 200",
    "APPLICATION/JSON, 200",
    "image/png, 200",
    "text/plain, 415",
    "application/x-www-form-urlencoded, 415",
    "application/jsonp, 415",
    "text/plain; application/json, 415"
  })
  void rule_02_a_change_needs_a_type_that_forms_cannot_send(String type, int status) {
    assertThat(anybody.post("/echo/change", "{}", "Content-Type", type).statusCode())
        .isEqualTo(status);
  }

  @Test
  void rule_02_a_body_without_a_type_is_refused_and_no_body_needs_none() {
    assertThat(anybody.post("/echo/change", "{}").statusCode()).isEqualTo(415);
    assertThat(anybody.post("/echo/change", "").statusCode()).isEqualTo(200);
    assertThat(
            anybody.raw(
                String.join(
                    "\r\n",
                    "POST /echo/change HTTP/1.1",
                    "Host: localhost",
                    "Connection: close",
                    "Transfer-Encoding: chunked",
                    "",
                    "2",
                    "{}",
                    "0",
                    "",
                    "")))
        .startsWith("HTTP/1.1 415");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/echo/user", "/echo/nowhere", "/echo/wrong", "/health", "/%00"})
  void rule_02_no_other_site_is_allowed_to_read_an_answer(String path) {
    HttpHeaders headers = anybody.get(path).headers();

    assertThat(headers.map().keySet()).noneMatch(name -> name.startsWith("access-control-"));
  }

  @Test
  void rule_02_a_preflight_of_another_site_is_refused() {
    String answer =
        anybody.request(
            "OPTIONS /echo/change",
            "Host: localhost",
            "Origin: http://evil.example",
            "Access-Control-Request-Method: POST",
            "Access-Control-Request-Headers: content-type");

    assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("Access-Control");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/messages/Messages.properties",
        "/..;/cli/messages/Messages.properties",
        "//etc/passwd",
        "/.hidden.txt",
        "/a%00.html",
        "/C:/windows/win.ini",
        "/..\\..\\x.html",
        "/index.html/",
        "/./index.html%00",
        "/package-info.class",
        "/assets/../../cli/messages/Messages.properties"
      })
  void rule_06_no_file_but_the_pages_own_is_shown(String path) {
    String answer = anybody.request("GET " + path, "Host: localhost");

    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("root:", "progress.stepsPerSecond");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/echo/user",
        "/echo/nowhere",
        "/nowhere",
        "/echo/bug",
        "/health",
        "/metrics",
        "/%00",
        "/echo/error"
      })
  void rule_07_every_answer_keeps_browsers_from_guessing_and_foreign_code(String path) {
    HttpHeaders headers = anybody.get(path).headers();

    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .contains("default-src 'self'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "script-src 'self' ", "http:", "https:", "*"));
    assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
    assertThat(headers.firstValue("Permissions-Policy")).isPresent();
    assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
    assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
    assertThat(headers.map()).doesNotContainKeys("server", "x-powered-by");
  }

  @Test
  void rule_07_what_is_no_http_is_told_nothing() {
    assertThat(anybody.raw("NONSENSE\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("X-Content-Type-Options: nosniff")
        .doesNotContainIgnoringCase("jetty", "<html", "java");
  }

  @Test
  void rule_09_what_fails_here_is_not_told_to_clients() {
    HttpResponse<String> answer = anybody.get("/echo/bug");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("{\"echo\":\"something failed here; the log says what\"}");
  }

  @Test
  void rule_09_a_wrong_token_is_not_repeated() {
    HttpResponse<String> answer =
        somebody.get("/echo/user?token=secret", "Authorization", "Bearer my-secret-password");

    assertThat(answer.body()).doesNotContain("secret");
  }
}
