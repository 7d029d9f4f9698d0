package io.songe.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.jobs.JobState;
import io.songe.jobs.QueueFullException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests that cannot be drawn are refused in OpenAI's form, and the server goes on. */
final class RefusalsTest {
  @TempDir private static Path folder;
  private static FakeServer server;

  @BeforeAll
  static void start() {
    server = new FakeServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The one server of all these tests still draws after each. */
  @AfterEach
  void goes_on() throws Exception {
    server.desk.worker = server.desk::draw;
    server.fox("");
  }

  private static HttpResponse<String> post(String path, String type, String body) throws Exception {
    return server.post(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return server.post(path, type, body);
  }

  private static JsonNode refused(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("x-request-id")).isPresent();
    JsonNode error = FakeServer.JSON.readTree(answer.body()).path("error");
    assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
    assertThat(error.path("message").stringValue()).isNotBlank();
    return error;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prompt          | null            | prompt is missing",
        "prompt          | 12              | prompt must be a string, got '12'",
        "prompt          | ['a']           | prompt must be a string",
        "prompt          | '  '            | prompt is empty; say what to draw",
        "prompt          | 'a\\u0000'      | U+0000",
        "negative_prompt | {}              | negative_prompt must be a string",
        "n               | 0               | n must be a whole number from 1 to 10, got 0",
        "n               | 11              | from 1 to 10, got 11",
        "n               | -1              | from 1 to 10, got -1",
        "n               | 1.5             | n must be a whole number, got '1.5'",
        "n               | '2'             | n must be a whole number",
        "n               | true            | n must be a whole number, got 'true'",
        "n               | 1e400           | n must be a whole number",
        "n               | 99999999999999999999999 | from 1 to 10, got '99999",
        "model           | ''              | model must not be empty; leave it out",
        "model           | 5               | model must be a string",
        "size            | 512             | size must be a string",
        "size            | ''              | size must be auto or WIDTHxHEIGHT",
        "size            | '512'           | size must be auto or WIDTHxHEIGHT such as 512x512, got '512'",
        "size            | '-64x64'        | size must be auto",
        "size            | '500x512'       | multiples of 8 from 64 to 2048, got 500x512; try 504x512",
        "size            | '0x0'           | try 64x64",
        "size            | '99999999x64'   | try 2048x64",
        "size            | '99999999999999999999x64' | size must be auto",
        "quality         | 'best'          | quality must be one of auto, standard, medium, low, high, hd, got 'best'",
        "quality         | 3               | quality must be a string",
        "response_format | {}              | response_format must be a string",
        "response_format | 'b64'           | one of url, b64_json, got 'b64'",
        "output_format   | 'gif'           | one of png, jpeg, webp, got 'gif'",
        "output_compression | 101          | from 0 to 100, got 101",
        "output_compression | 50           | a png loses nothing",
        "background      | 'red'           | one of auto, transparent, opaque, got 'red'",
        "moderation      | 'high'          | one of low, auto, got 'high'",
        "style           | 'oil'           | style must be vivid, natural or one of the model's",
        "style           | []              | style must be a string",
        "stream          | 'yes'           | stream must be true or false",
        "stream          | 1               | stream must be true or false",
        "partial_images  | 4               | from 0 to 3, got 4",
        "partial_images  | 2               | set stream to true",
        "user            | 7               | user must be a string",
        "seed            | -1              | seed must be a whole number from 0",
        "watermark       | true            | unknown parameter 'watermark'; known here are background"
      })
  void a_field_that_cannot_be_right_is_refused_by_name(String field, String value, String message)
      throws Exception {
    String json =
        "{%s\"%s\": %s}"
            .formatted(
                field.equals("prompt") ? "" : "\"prompt\": \"a fox\", ",
                field,
                value.replace('\'', '"'));

    JsonNode error = refused(400, post("/v1/images/generations", "application/json", json));

    assertThat(error.path("param").stringValue()).isEqualTo(field);
    assertThat(error.path("type").stringValue()).isEqualTo("invalid_request_error");
    assertThat(error.path("message").stringValue()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"a fox\"",
        "{",
        "{\"prompt\": \"a\"} {}",
        "{\"prompt\": \"a\", \"prompt\": \"b\"}",
        "{'prompt': 1}",
        "{\"prompt\": \"\\ud800\"}",
        "prompt=a+fox"
      })
  void a_body_that_is_no_json_object_is_refused(String body) throws Exception {
    refused(400, post("/v1/images/generations", "application/json", body));
  }

  @Test
  void json_that_is_nested_without_end_is_refused() throws Exception {
    String deep = "[".repeat(100_000);

    JsonNode error =
        refused(400, post("/v1/images/generations", "application/json", "{\"prompt\":" + deep));

    assertThat(error.path("message").stringValue()).contains("nesting depth");
  }

  @ParameterizedTest
  @CsvSource({"/v1/images/generations, 2, 413", "/v1/images/edits, 65, 413"})
  void a_body_that_is_too_long_is_refused(String path, int mebibytes, int status) throws Exception {
    byte[] body = new byte[mebibytes << 20];
    Arrays.fill(body, (byte) ' ');

    HttpResponse<String> answer = server.post(path, "application/json", body);

    assertThat(refused(status, answer).path("code").stringValue()).isEqualTo("request_too_large");
  }

  @Test
  void a_request_that_is_cut_off_does_no_harm() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /v1/images/edits HTTP/1.1\r
              Host: 127.0.0.1:%d\r
              Content-Type: multipart/form-data; boundary=frontier\r
              Content-Length: 1000\r
              \r
              --frontier\r
              Content-Disposition: form-data; name="pro\
              """
                  .formatted(server.port())
                  .getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();

      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer).startsWith("HTTP/1.1 400").contains("invalid_request_error");
    }
  }

  @Test
  void text_that_is_not_utf_8_is_refused() throws Exception {
    byte[] latin = "{\"prompt\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

    refused(400, post("/v1/images/generations", "application/json", latin));
  }

  @Test
  void a_prompt_may_have_10000_characters_and_not_one_more() throws Exception {
    String longest = "fox ".repeat(2500);

    assertThat(prompted(longest).statusCode()).isEqualTo(200);
    JsonNode error = refused(400, prompted(longest + "!"));
    assertThat(error.path("param").stringValue()).isEqualTo("prompt");
    assertThat(error.path("message").stringValue()).contains("10001 characters", "10000");
  }

  private static HttpResponse<String> prompted(String prompt) throws Exception {
    return post("/v1/images/generations", "application/json", "{\"prompt\": \"" + prompt + "\"}");
  }

  @Test
  void a_model_that_is_not_there_is_not_found() throws Exception {
    JsonNode error =
        refused(
            404,
            post(
                "/v1/images/generations",
                "application/json",
                "{\"prompt\": \"a fox\", \"model\": \"../secret\"}"));

    assertThat(error.path("param").stringValue()).isEqualTo("model");
    assertThat(error.path("code").stringValue()).isEqualTo("model_not_found");
    assertThat(error.path("message").stringValue())
        .isEqualTo("there is no model '../secret' here; there are songe-mini");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/images/generations, text/plain, 415",
    "/v1/images/variations, application/json, 415",
    "/v1/images/edits, image/png, 415",
    "/v1/images/dreams, application/json, 404",
    "/v1/models, application/json, 405",
    "/v1/chat/completions, application/json, 404"
  })
  void what_is_not_spoken_here_is_refused(String path, String type, int status) throws Exception {
    refused(status, post(path, type, "{}"));
  }

  @Test
  void a_full_queue_says_when_to_come_again() throws Exception {
    server.desk.full =
        () -> new QueueFullException("2000 jobs wait; try again", Duration.ofSeconds(7));

    HttpResponse<String> answer = prompted("a fox");

    server.desk.full = () -> null;
    JsonNode error = refused(429, answer);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    assertThat(error.path("code").stringValue()).isEqualTo("rate_limit_exceeded");
    assertThat(server.desk.listeners()).isZero();
  }

  @Test
  void a_drawing_that_fails_says_why_and_is_not_tried_again() throws Exception {
    server.desk.worker = job -> server.desk.end(job, JobState.FAILED, List.of());

    HttpResponse<String> answer = prompted("a fox");

    JsonNode error = refused(500, answer);
    assertThat(error.path("message").stringValue())
        .isEqualTo("the drawing failed: there is no paper");
    assertThat(error.path("type").stringValue()).isEqualTo("server_error");
    assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
  }

  @Test
  void a_drawing_that_somebody_cancels_is_refused() throws Exception {
    server.desk.worker = job -> server.desk.end(job, JobState.CANCELLED, List.of());

    assertThat(refused(400, prompted("a fox")).path("message").stringValue())
        .isEqualTo("the drawing was cancelled");
  }

  @Test
  void a_drawing_that_fails_in_a_stream_ends_it_with_an_error() throws Exception {
    server.desk.worker = job -> server.desk.end(job, JobState.FAILED, List.of());

    HttpResponse<String> answer =
        post(
            "/v1/images/generations",
            "application/json",
            "{\"prompt\": \"a fox\", \"stream\": true}");

    assertThat(answer.body())
        .startsWith("event: error\ndata: {\"error\":{\"message\":\"the drawing failed: there is");
  }

  private static byte[] picture(int width, int height, Colour colour) {
    return new Png(Image.filled(width, height, colour)).encode();
  }

  private static final byte[] FOX = picture(64, 64, Colour.opaque(200, 90, 20));

  private static JsonNode refusedEdit(Object... parts) throws Exception {
    return refused(400, post("/v1/images/edits", FakeServer.FORM, FakeServer.form(parts)));
  }

  @Test
  void an_edit_without_a_picture_is_refused() throws Exception {
    JsonNode error = refusedEdit("prompt", "a hat");

    assertThat(error.path("param").stringValue()).isEqualTo("image");
    assertThat(error.path("message").stringValue()).startsWith("image is missing");
  }

  @Test
  void several_pictures_are_refused() throws Exception {
    JsonNode error = refusedEdit("prompt", "a hat", "image[]@", FOX, "image[]@", FOX);

    assertThat(error.path("message").stringValue())
        .isEqualTo("one picture is edited at a time here, got 2; send one");
  }

  @Test
  void a_mask_of_another_size_is_refused() throws Exception {
    JsonNode error =
        refusedEdit("prompt", "a hat", "image@", FOX, "mask@", picture(64, 32, Colour.TRANSPARENT));

    assertThat(error.path("param").stringValue()).isEqualTo("mask");
    assertThat(error.path("message").stringValue())
        .contains("the picture is 64x64, the mask 64x32");
  }

  @Test
  void a_mask_without_a_hole_is_refused() throws Exception {
    JsonNode error = refusedEdit("prompt", "a hat", "image@", FOX, "mask@", FOX);

    assertThat(error.path("param").stringValue()).isEqualTo("mask");
    assertThat(error.path("message").stringValue()).contains("transparent");
  }

  @Test
  void a_drawing_of_vectors_is_no_picture() throws Exception {
    JsonNode error =
        refusedEdit(
            "prompt",
            "a hat",
            "image@",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>");

    assertThat(error.path("param").stringValue()).isEqualTo("image");
    assertThat(error.path("message").stringValue()).contains("SVG");
  }

  @Test
  void a_picture_that_is_cut_off_is_refused() throws Exception {
    byte[] half = Arrays.copyOf(FOX, FOX.length / 2);

    assertThat(refusedEdit("prompt", "a hat", "image@", half).path("param").stringValue())
        .isEqualTo("image");
  }

  @Test
  void a_picture_that_says_it_is_huge_is_refused_before_it_is_read() throws Exception {
    byte[] bomb = FOX.clone();
    ByteBuffer header = ByteBuffer.wrap(bomb, 16, 17);
    header.putInt(100_000).putInt(100_000);
    CRC32 check = new CRC32();
    check.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb, 29, 4).putInt((int) check.getValue());

    assertThat(refusedEdit("prompt", "a hat", "image@", bomb).path("message").stringValue())
        .contains("pixels");
  }

  @ParameterizedTest
  @CsvSource({
    "n, zero, n must be a whole number from 1 to 10",
    "n, 0, n must be a whole number from 1 to 10",
    "stream, maybe, stream must be true or false",
    "input_fidelity, middle, 'one of high, low'",
    "mood, sad, unknown parameter 'mood'",
    "image_url, http://127.0.0.1/, unknown parameter"
  })
  void fields_of_a_form_are_checked_too(String field, String value, String message)
      throws Exception {
    JsonNode error = refusedEdit("prompt", "a hat", "image@", FOX, field, value);

    assertThat(error.path("param").stringValue()).isEqualTo(field);
    assertThat(error.path("message").stringValue()).contains(message);
  }

  @Test
  void a_field_that_is_given_twice_is_refused() throws Exception {
    JsonNode error = refusedEdit("prompt", "a hat", "prompt", "a cap", "image@", FOX);

    assertThat(error.path("message").stringValue()).isEqualTo("'prompt' is given twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "--frontier",
        "--frontier\r\n\r\n",
        "--frontier\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na hat",
        "--frontier\r\nContent-Disposition: form-data\r\n\r\na hat\r\n--frontier--\r\n",
        "--other\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na\r\n--other--\r\n"
      })
  void a_broken_form_is_refused(String body) throws Exception {
    refused(400, post("/v1/images/edits", FakeServer.FORM, body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary="})
  void a_form_without_a_boundary_is_refused(String type) throws Exception {
    JsonNode error =
        refused(400, post("/v1/images/edits", type, FakeServer.form("prompt", "a hat")));

    assertThat(error.path("message").stringValue()).contains("boundary");
  }

  @Test
  void a_form_of_too_many_parts_is_refused() throws Exception {
    Object[] parts = new Object[400];
    for (int i = 0; i < parts.length; i += 2) {
      parts[i] = "field" + i;
      parts[i + 1] = "x";
    }

    refused(400, post("/v1/images/edits", FakeServer.FORM, FakeServer.form(parts)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                              | images is missing",
        "{}                                              | images must be a list",
        "[{}]                                            | images must be {\"image_url\"",
        "[{\"file_id\": \"f1\"}]                         | there are no uploaded files here",
        "[\"data:image/png;base64,AAAA\"]                | images must be {\"image_url\"",
        "[{\"image_url\": 7}]                            | images must be {\"image_url\"",
        "[{\"image_url\": \"http://127.0.0.1:1/x.png\"}] | other addresses are not fetched",
        "[{\"image_url\": \"file:///etc/passwd\"}]       | other addresses are not fetched",
        "[{\"image_url\": \"data:image/png;base64,%%%\"}]| broken base64",
        "[{\"image_url\": \"data:image/png,AAAA\"}]      | must have the picture in itself",
        "[{\"image_url\": \"data:image/png;base64,AAAA\"}] | no picture"
      })
  void pictures_in_json_have_to_be_in_it(String images, String message) throws Exception {
    JsonNode error =
        refused(
            400,
            post(
                "/v1/images/edits",
                "application/json",
                "{\"prompt\": \"a hat\", \"images\": %s}".formatted(images)));

    assertThat(error.path("param").stringValue()).isEqualTo("images");
    assertThat(error.path("message").stringValue()).contains(message);
  }

  @Test
  void a_mask_in_json_has_to_be_in_it() throws Exception {
    String fox = "data:image/png;base64," + Base64.getEncoder().encodeToString(FOX);

    JsonNode error =
        refused(
            400,
            post(
                "/v1/images/edits",
                "application/json",
                """
                {"prompt": "a hat", "images": [{"image_url": "%s"}],
                 "mask": {"image_url": "https://example.org/mask.png"}}
                """
                    .formatted(fox)));

    assertThat(error.path("param").stringValue()).isEqualTo("mask");
  }
}
