package io.songe.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.server.api.ApiStudio.Answer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Bad input for every field of every endpoint, taken from the description of the interface: it is
 * refused with 4xx in the interface's own form, with the field's name, and the server goes on.
 */
class BadRequestsTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir static Path folder;
  private static ApiStudio studio;
  private static String input;

  @BeforeAll
  static void open() {
    studio = new ApiStudio(folder);
    studio.post("/api/queue/pause", "{}");
    byte[] white = new Png(Image.filled(64, 64, Colour.WHITE)).encode();
    input = studio.send("POST", "/api/inputs", "image/png", white).json().get("id").stringValue();
  }

  /** Whatever was sent, the server answers, and nothing was taken for a drawing. */
  @AfterAll
  static void close() {
    Answer status = studio.get("/api/status");
    studio.close();
    assertThat(status.status()).isEqualTo(200);
    assertThat(status.json().get("queued").intValue()).isZero();
  }

  private static void refused(Answer answer, String as) {
    assertThat(answer.status()).as(as + " -> " + answer.text()).isBetween(400, 499);
  }

  /** An object that is taken, and in which a field of some schema is at home. */
  private record Place(String method, String path, String schema, String before, ObjectNode home) {
    static Place of(String method, String path, String schema, String before, String home) {
      String json = home.replace("INPUT", input);
      return new Place(method, path, schema, before, (ObjectNode) JSON.readTree(json));
    }

    String with(String field, String value) {
      ObjectNode whole = home.deepCopy();
      ObjectNode inner = whole;
      for (String step : before.isEmpty() ? new String[0] : before.split("\\.")) {
        inner = (ObjectNode) inner.get(step);
      }
      inner.putRawValue(field, new RawValue(value));
      return JSON.writeValueAsString(whole);
    }

    String name(String field) {
      return before.isEmpty() ? field : before + "." + field;
    }
  }

  private static List<Place> places() {
    String mask =
        "{\"phrase\": \"x\", \"start\": {\"input\": \"INPUT\", \"kind\": \"inpaint\","
            + " \"mask\": {\"input\": \"INPUT\"}}}";
    String margins =
        "{\"phrase\": \"x\", \"start\": {\"input\": \"INPUT\", \"kind\": \"extend\","
            + " \"margins\": {\"left\": 8}}}";
    return List.of(
        Place.of("POST", "/api/jobs", "Drawing", "", "{\"phrase\": \"x\"}"),
        Place.of(
            "POST",
            "/api/jobs",
            "Variation",
            "variation",
            "{\"phrase\": \"x\", \"variation\": {}}"),
        Place.of(
            "POST",
            "/api/jobs",
            "SecondPass",
            "secondPass",
            "{\"phrase\": \"x\", \"secondPass\": {\"width\": 512, \"height\": 512}}"),
        Place.of(
            "POST",
            "/api/jobs",
            "Travel",
            "travel",
            "{\"phrase\": \"x\", \"travel\": {\"toSeed\": 5, \"frames\": 3}}"),
        Place.of("POST", "/api/jobs", "Start", "start", mask),
        Place.of("POST", "/api/jobs", "Mask", "start.mask", mask),
        Place.of("POST", "/api/jobs", "Start", "start", margins),
        Place.of("POST", "/api/jobs", "Margins", "start.margins", margins),
        Place.of(
            "POST",
            "/api/jobs",
            "Start",
            "start",
            "{\"phrase\": \"x\", \"start\": {\"input\": \"INPUT\", \"kind\": \"enlarge\"}}"));
  }

  @TestFactory
  Stream<DynamicTest> every_field_of_a_drawing_refuses_what_it_cannot_be() {
    return places().stream()
        .flatMap(place ->
            schema(place.schema()).get("properties").properties().stream()
                .map(field ->
                    dynamicTest(
                        place.home().path("start").path("kind").asString("")
                            + " "
                            + place.name(field.getKey()),
                        () -> refusesAll(place, field))));
  }

  private static void refusesAll(Place place, Map.Entry<String, JsonNode> field) {
    List<String> values = wrongValues(field.getValue());
    assertThat(values).isNotEmpty();
    for (String value : values) {
      Answer answer = studio.post(place.path(), place.with(field.getKey(), value));
      String as = field.getKey() + " = " + value.substring(0, Math.min(60, value.length()));
      refused(answer, as);
      assertThat(answer.json().get("error").path("parameter").asString(""))
          .as(as + " -> " + answer.text())
          .isEqualTo(place.name(field.getKey()));
    }
  }

  private static JsonNode schema(String name) {
    return OpenApi.DOCUMENT.root().at("/components/schemas/" + name);
  }

  /** {@return JSON that a schema does not allow} */
  private static List<String> wrongValues(JsonNode schema) {
    List<String> values = new ArrayList<>();
    String types = schema.path("type").toString();
    if (types.contains("string")) {
      values.addAll(List.of("5", "true", "[]", "{}", "\"\\u0000\"", "\"\\ud800\""));
      values.add("\"" + "a".repeat(schema.get("maxLength").intValue() + 1) + "\"");
    }
    if (types.contains("integer")) {
      values.addAll(List.of("\"5\"", "1.5", "true", "[]", "{}"));
    }
    if (types.contains("number")) {
      values.addAll(List.of("\"5\"", "true", "[]", "{}", "1e400", "-1e400"));
    }
    if (types.contains("integer") || types.contains("number")) {
      long least = schema.path("minimum").asLong(schema.path("exclusiveMinimum").asLong(0));
      values.add("" + (least - 1));
      values.add("" + (schema.get("maximum").longValue() + 1));
      values.addAll(List.of("-99999999999999999999", "99999999999999999999"));
    }
    if (types.contains("boolean")) {
      values.addAll(List.of("\"true\"", "1", "[]", "{}"));
    }
    if (schema.has("enum")) {
      values.addAll(List.of("\"nonsense\"", "5", "[]", "{}"));
    }
    if (schema.has("oneOf")) {
      values.addAll(List.of("5", "\"x\"", "[]", "true"));
    }
    return values;
  }

  @Test
  void names_that_nothing_has_are_refused_with_their_fields() {
    for (String field :
        List.of("model", "style", "sampler", "schedule", "syntax", "background", "tiling")) {
      Answer answer =
          studio.post("/api/jobs", "{\"phrase\": \"x\", \"" + field + "\": \"../../etc/passwd\"}");

      refused(answer, field);
      assertThat(answer.json().at("/error/parameter").stringValue()).isEqualTo(field);
      assertThat(answer.text()).doesNotContain(folder.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"phrase\": \"x\", \"step\": 5}",
        "{\"phrase\": \"x\", \"phrase\": \"y\"}",
        "{\"phrase\": \"x\"} {}",
        "{\"phrase\": \"x\"",
        "{\"phrase\": \"x\", \"width\": NaN}",
        "{'phrase': 'x'}",
        "{\"phrase\": \"x\", \"width\": 500}",
        "{\"phrase\": \"x\", \"width\": 4096, \"height\": 4097}",
        "{\"phrase\": \"x\", \"secondPass\": {}}",
        "{\"phrase\": \"x\", \"secondPass\": {\"by\": 2, \"width\": 512}}",
        "{\"phrase\": \"x\", \"secondPass\": {\"by\": 8}, \"width\": 4096, \"height\": 4096}",
        "{\"phrase\": \"x\", \"travel\": {\"frames\": 5}}",
        "{\"phrase\": \"x\", \"travel\": {\"toSeed\": 5}}",
        "{\"phrase\": \"x\", \"travel\": {\"toSeed\": 5, \"frames\": 3}, \"traced\": true}",
        "{\"phrase\": \"x\", \"start\": {}}",
        "{\"phrase\": \"x\", \"start\": {\"input\": \"../../secret\"}}",
        "{\"phrase\": \"x\", \"start\": {\"picture\": \"../../secret\"}}",
        "{\"phrase\": \"x --iw 1\"}",
        "{\"phrase\": \"x --chaos 5\", \"variation\": {}}",
        "{\"phrase\": \"x --unheard of\"}",
        "{\"phrase\": \"  \"}",
        "{}",
        "[]",
        "null",
        "5",
      })
  void a_drawing_that_cannot_be_understood_is_refused(String body) {
    refused(studio.post("/api/jobs", body), body);
  }

  @Test
  void bodies_that_are_no_json_are_refused() {
    byte[] noText = {'{', '"', 'p', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};
    String deep = "[".repeat(100_000);
    String wide = "{\"phrase\": \"" + "x".repeat(2 << 20) + "\"}";

    refused(studio.send("POST", "/api/jobs", "application/json", new byte[0]), "empty");
    refused(studio.send("POST", "/api/jobs", "application/json", noText), "no UTF-8");
    refused(studio.post("/api/jobs", deep), "deep");
    assertThat(studio.post("/api/jobs", wide).status()).isEqualTo(413);
    assertThat(
            studio
                .send("POST", "/api/jobs", "text/plain", "{}".getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(415);
  }

  @Test
  void a_phrase_of_ten_thousand_characters_is_refused_by_its_length() {
    Answer answer = studio.post("/api/jobs", "{\"phrase\": \"" + "fox ".repeat(2500) + "\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("phrase has at most 8000 characters, got 10000");
  }

  @TestFactory
  Stream<DynamicTest> every_parameter_of_a_query_refuses_what_it_cannot_be() {
    byte[] white = new Png(Image.filled(8, 8, Colour.WHITE)).encode();
    String id =
        studio
            .form("/api/pictures", "file", "white.png", white)
            .json()
            .at("/added/0/id")
            .stringValue();
    return OpenApi.DOCUMENT.root().get("paths").properties().stream()
        .filter(
            path -> path.getKey().startsWith("/api/pictures") || path.getKey().equals("/api/jobs"))
        .flatMap(path ->
            Stream.of(path.getValue().path("get").path("parameters"))
                .flatMap(
                    parameters -> parameters.isArray() ? parameters.valueStream() : Stream.empty())
                .map(parameter ->
                    dynamicTest(
                        path.getKey() + "?" + parameter.get("name").stringValue(),
                        () -> refusesQuery(path.getKey().replace("{id}", id), parameter))));
  }

  private static void refusesQuery(String path, JsonNode parameter) {
    String name = parameter.get("name").stringValue();
    JsonNode schema = parameter.get("schema");
    List<String> values = new ArrayList<>(List.of("%00", "a".repeat(1001)));
    if (schema.path("type").asString("").equals("integer")) {
      values.addAll(List.of("x", "-1", "1.5", "99999999999999999999", "0x10", "%20"));
    }
    if (schema.path("type").asString("").equals("boolean") || schema.has("enum")) {
      values.addAll(List.of("yes", "1", "..%2F"));
    }
    if (schema.has("$ref")) {
      values.addAll(List.of("yesterday", "2026-13-01", "2026-11-01T25:00:00Z"));
    }
    for (String value : values) {
      Answer answer = studio.get(path + "?" + name + "=" + value);
      refused(answer, name + "=" + value);
      assertThat(answer.json().at("/error/parameter").asString("")).isEqualTo(name);
    }
    refused(studio.get(path + "?" + name + "=1&" + name + "=1"), "twice");
    refused(studio.get(path + "?unheard=of"), "unknown");
  }

  @TestFactory
  Stream<DynamicTest> names_in_paths_lead_nowhere_else() {
    List<String> names =
        List.of(
            "..",
            "%2e%2e",
            "..%2F..%2F..%2Fetc%2Fpasswd",
            "%2Fetc%2Fpasswd",
            "..%5C..%5Cx",
            "C%3A%5Cx",
            "%5C%5Chost%5Cshare",
            "a%3Ab",
            "a%00b",
            "%ff",
            "%0a",
            "%F0%9F%A6%8A",
            "a".repeat(5000),
            "-1",
            "nothing");
    return OpenApi.DOCUMENT.operations().stream()
        .filter(operation -> operation.contains("{"))
        .map(operation ->
            dynamicTest(
                operation,
                () -> {
                  int space = operation.indexOf(' ');
                  for (String name : names) {
                    String path =
                        operation
                            .substring(space + 1)
                            .replaceAll("\\{[^}]*\\}", name.replace("\\", "\\\\"));
                    Answer answer =
                        studio.send(operation.substring(0, space), path, "", new byte[0]);
                    refused(answer, operation.substring(0, space) + " " + path);
                  }
                }));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Says that it has 60,000 pixels on each side; has next to none. */
  private static byte[] bomb() {
    byte[] png = new Png(Image.filled(1, 1, Colour.WHITE)).encode();
    ByteBuffer bytes = ByteBuffer.wrap(png);
    bytes.putInt(16, 60_000).putInt(20, 60_000);
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    bytes.putInt(29, (int) sum.getValue());
    return png;
  }

  @TestFactory
  Stream<DynamicTest> what_is_no_picture_is_refused() {
    byte[] png = new Png(Image.filled(64, 64, Colour.WHITE)).encode();
    byte[] damaged = png.clone();
    damaged[60] ^= 0x55;
    Map<String, byte[]> files =
        Map.of(
            "nothing", new byte[0],
            "text", text("a picture, honestly"),
            "SVG", text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            "SVG with a heading", text("<?xml version='1.0'?><svg/>"),
            "a bomb", bomb(),
            "half a PNG", Arrays.copyOf(png, png.length / 2),
            "a damaged PNG", damaged,
            "the beginning of a JPEG", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 0},
            "the beginning of a WebP", text("RIFF\0\0\0\0WEBPVP8 "),
            "base64", text("data:image/png;base64,iVBORw0KGgo="));
    return Stream.of("/api/inputs", "/api/read", "/api/pictures")
        .flatMap(path ->
            files.entrySet().stream()
                .flatMap(file ->
                    Stream.of(
                        dynamicTest(
                            path + " " + file.getKey(),
                            () ->
                                refused(
                                    studio.send("POST", path, "image/png", file.getValue()),
                                    file.getKey())),
                        dynamicTest(
                            path + " " + file.getKey() + " in a form",
                            () ->
                                refused(
                                    studio.form(path, "file", "../../x.png", file.getValue()),
                                    file.getKey())))));
  }

  @Test
  void forms_that_are_none_are_refused() {
    byte[] png = new Png(Image.filled(8, 8, Colour.WHITE)).encode();
    String open = "--songe\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";

    refused(studio.form("/api/inputs", "picture", "x.png", png), "another part");
    refused(studio.send("POST", "/api/inputs", "multipart/form-data", png), "no boundary");
    refused(studio.send("POST", "/api/inputs", "multipart/form-data; boundary=songe", png), "none");
    refused(
        studio.send("POST", "/api/inputs", "multipart/form-data; boundary=songe", text(open)),
        "cut off");
    refused(
        studio.send(
            "POST",
            "/api/inputs",
            "multipart/form-data; boundary=songe",
            text((open + "x\r\n").repeat(200) + "--songe--\r\n")),
        "many parts");
    refused(studio.send("POST", "/api/models", "application/json", text("{}")), "no form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.safetensors", "model.ckpt", "model.gguf", "model.exe", "", "../../x.ckpt"})
  void what_is_no_model_is_refused_and_leaves_nothing(String name) {
    Answer answer = studio.form("/api/models", "file", name, text("no weights at all"));

    refused(answer, name);
    assertThat(answer.text()).doesNotContain(folder.toString());
    Path models = folder.resolve("models");
    assertThat(models.toFile().list())
        .satisfiesAnyOf(files -> assertThat(files).isNull(), files -> assertThat(files).isEmpty());
  }
}
