package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a browser gets in where a token is needed (rule 1 of the security rules). */
class LoginTest {
  private static final String TOKEN = "correct-horse-battery";
  private static final String FORM = "application/x-www-form-urlencoded";

  private static Server server;
  private static Client browser;

  @BeforeAll
  static void start() {
    server =
        Server.start(
            ServerOptions.local().withPort(0).withAccess(Access.token(TOKEN)),
            List.of(new EchoDoor()),
            List.of());
    browser = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElse("").replaceFirst(";.*", "");
  }

  private static HttpResponse<String> submit(String body, String... headers) {
    HttpRequest.Builder request =
        browser
            .to("/login")
            .header("Content-Type", FORM)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return Client.send(headers.length == 0 ? request : request.headers(headers));
  }

  @Test
  void rule_01_a_browser_without_a_token_is_asked_for_it() {
    HttpResponse<String> answer = browser.get("/", "Accept", "text/html");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("<form method=\"post\" action=\"/login\">", "Jeton");
    assertThat(answer.body()).doesNotContain("<script", "style=");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  void rule_01_a_token_in_the_form_opens_a_session() {
    HttpResponse<String> entered = submit("token=" + TOKEN);

    String cookie = cookie(entered);
    assertThat(entered.statusCode()).isEqualTo(200);
    assertThat(browser.get("/echo/user", "Cookie", cookie).body()).isEqualTo("local");
    assertThat(browser.get("/", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  void rule_01_a_token_in_the_address_opens_a_session_and_leaves_the_address() {
    HttpResponse<String> entered = browser.get("/?token=" + TOKEN, "Accept", "text/html");

    assertThat(entered.body()).contains("content=\"0;url=/\"").doesNotContain(TOKEN);
    assertThat(entered.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(browser.get("/echo/user", "Cookie", cookie(entered)).body()).isEqualTo("local");
  }

  @Test
  void rule_01_the_cookie_says_nothing_of_the_token_and_stays_with_this_site() {
    String cookie = submit("token=" + TOKEN).headers().firstValue("Set-Cookie").orElse("");

    assertThat(cookie)
        .startsWith("songe-" + server.port() + "=")
        .contains("HttpOnly", "SameSite=Strict", "Path=/")
        .doesNotContain(TOKEN);
  }

  @Test
  void rule_01_a_wrong_token_opens_nothing() {
    HttpResponse<String> answer = submit("token=wrong-horse-battery");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(browser.get("/?token=nonsense", "Accept", "text/html").statusCode()).isEqualTo(401);
    assertThat(browser.get("/echo/user?token=" + TOKEN).statusCode()).isEqualTo(401);
    assertThat(
            browser.get("/echo/user", "Cookie", "songe-" + server.port() + "=guess").statusCode())
        .isEqualTo(401);
  }

  @Test
  void rule_02_another_site_cannot_log_a_browser_in_or_out() {
    assertThat(submit("token=" + TOKEN, "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(submit("token=" + TOKEN, "Origin", "null").statusCode()).isEqualTo(403);
  }

  @Test
  void a_session_ends_when_its_browser_leaves() {
    String cookie = cookie(submit("token=" + TOKEN));

    HttpResponse<String> left = browser.post("/logout", "", "Cookie", cookie);

    assertThat(left.statusCode()).isEqualTo(204);
    assertThat(browser.get("/echo/user", "Cookie", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void without_a_page_nobody_is_asked() {
    ServerOptions options =
        ServerOptions.local().withPort(0).withPage(false).withAccess(Access.token(TOKEN));
    try (Server bare = Server.start(options, List.of(new EchoDoor()), List.of())) {
      HttpResponse<String> answer = new Client(bare.port()).get("/", "Accept", "text/html");

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).startsWith("a token is needed").doesNotContain("<form");
    }
  }
}
