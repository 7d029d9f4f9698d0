package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageTest {
  private static Server server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = Server.start("127.0.0.1", 0, List.of(new EchoDoor()), true);
    client = new Client(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void the_page_is_at_the_root() {
    HttpResponse<String> page = client.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .startsWith("<!doctype html>")
        .isEqualTo(client.get("/index.html").body());
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
  }

  @Test
  void a_browser_that_has_a_file_gets_it_once() {
    HttpResponse<String> first = client.get("/");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = client.get("/", "If-None-Match", tag);

    assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(client.get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_whose_name_says_its_version_is_kept_for_ever() {
    assertThat(Page.cacheControl("/vendor/lit-3.3.3.js")).contains("immutable");
    assertThat(Page.cacheControl("/vendor/lit@3.3.3/lit.js")).contains("immutable");
    assertThat(Page.cacheControl("/app.js")).isEqualTo("no-cache");
    assertThat(Page.cacheControl("/fonts/fraunces.woff2")).isEqualTo("no-cache");
  }

  @Test
  void text_travels_compressed_where_the_browser_can() throws Exception {
    HttpResponse<byte[]> packed =
        HttpClient.newHttpClient()
            .send(
                client.to("/echo/long").header("Accept-Encoding", "gzip").build(),
                HttpResponse.BodyHandlers.ofByteArray());

    assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(packed.body().length).isLessThan(10_000);
    assertThat(unpacked(packed.body())).isEqualTo(client.get("/echo/long").body());
  }

  private static String unpacked(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void without_the_page_its_files_are_not_there() {
    try (Server bare = Server.start("127.0.0.1", 0, List.of(new EchoDoor()), false)) {
      Client other = new Client(bare.port());

      assertThat(other.get("/").statusCode()).isEqualTo(404);
      assertThat(other.get("/index.html").statusCode()).isEqualTo(404);
      assertThat(other.get("/echo/user").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void the_page_can_only_be_read() {
    assertThat(client.post("/index.html", "").statusCode()).isIn(404, 405);
  }
}
