package io.songe.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class FieldsTest {
  private enum Cut {
    CROP,
    FILL
  }

  private static Fields fields(String json) {
    return Fields.of(json.getBytes(StandardCharsets.UTF_8), () -> 400);
  }

  private static void refused(ThrowingCallable read, String field, String message) {
    assertThatThrownBy(read)
        .isInstanceOfSatisfying(
            HttpFailure.class,
            failed -> {
              assertThat(failed.failure().status()).isEqualTo(400);
              assertThat(failed.failure().parameter()).contains(field);
            })
        .hasMessageContaining(message);
  }

  @Test
  void what_is_not_there_and_null_are_the_same() {
    Fields fields = fields("{\"steps\": null}");

    assertThat(fields.whole("steps", 1, 9)).isEmpty();
    assertThat(fields.text("phrase", 9)).isEmpty();
    fields.end();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"20\"", "20.5", "true", "[20]", "{}", "1e3"})
  void a_whole_number_is_nothing_else(String value) {
    refused(
        () -> fields("{\"steps\": " + value + "}").whole("steps", 1, 1000),
        "steps",
        "steps must be a whole number, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "1001", "99999999999999999999999999"})
  void a_whole_number_stays_in_its_range(String value) {
    refused(
        () -> fields("{\"steps\": " + value + "}").whole("steps", 1, 1000),
        "steps",
        "steps must be from 1 to 1000, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "101", "-101"})
  void a_number_stays_in_its_range(String value) {
    refused(
        () -> fields("{\"guidance\": " + value + "}").number("guidance", -100, 100),
        "guidance",
        "guidance must be from -100 to 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "[]", "{}"})
  void a_text_is_nothing_else(String value) {
    refused(
        () -> fields("{\"phrase\": " + value + "}").text("phrase", 9),
        "phrase",
        "phrase must be a text, got ");
  }

  @Test
  void a_text_has_a_longest_length() {
    refused(
        () -> fields("{\"phrase\": \"abcd\"}").text("phrase", 3),
        "phrase",
        "phrase has at most 3 characters, got 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00x"})
  void a_text_has_whole_characters(String escaped) {
    refused(
        () -> fields("{\"phrase\": \"" + escaped + "\"}").text("phrase", 9),
        "phrase",
        "characters that no text has");
  }

  @Test
  void the_name_of_an_inner_field_is_its_path() {
    Fields mask =
        fields("{\"start\": {\"mask\": {\"blur\": \"x\"}}}")
            .object("start")
            .orElseThrow()
            .object("mask")
            .orElseThrow();

    refused(() -> mask.whole("blur", 0, 64), "start.mask.blur", "start.mask.blur must be a whole");
  }

  @Test
  void an_unknown_field_is_refused_with_what_is_known() {
    Fields fields = fields("{\"step\": 5}");
    fields.whole("steps", 1, 9);
    fields.text("phrase", 9);

    refused(fields::end, "step", "step is not known here; known are phrase, steps");
  }

  @Test
  void only_what_is_allowed_may_be_there() {
    Fields fields = fields("{\"phrase\": \"x\", \"step\": 5}");

    fields.allowOnly(Set.of("phrase", "step"));
    refused(() -> fields.allowOnly(Set.of("phrase")), "step", "step is not known here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{} {}", "{\"phrase\": 1, \"phrase\": 2}", "{'phrase': 1}", "{\"a\":NaN}"})
  void a_body_is_json_without_anything_twice_or_behind(String body) {
    assertThatThrownBy(() -> fields(body))
        .isInstanceOfSatisfying(
            HttpFailure.class, failed -> assertThat(failed.failure().status()).isEqualTo(400))
        .hasMessageContaining("the body is not the JSON that it should be: ");
  }

  @Test
  void a_door_says_what_is_wrong_with_its_own_status_and_words() {
    FieldDialect dialect =
        new FieldDialect() {
          @Override
          public int status() {
            return 422;
          }

          @Override
          public String ofOtherKind(String field, FieldRule rule, JsonNode value) {
            return "no " + rule.kind() + " " + rule.range();
          }
        };
    Fields fields = Fields.of("{\"steps\": \"x\"}".getBytes(StandardCharsets.UTF_8), dialect);

    assertThatThrownBy(() -> fields.whole("steps", 1, 9))
        .isInstanceOfSatisfying(
            HttpFailure.class, failed -> assertThat(failed.failure().status()).isEqualTo(422))
        .hasMessage("no a whole number from 1 to 9");
  }

  @Test
  void a_choice_is_one_of_the_known_ones() {
    refused(
        () -> fields("{\"fit\": \"squeeze\"}").choice("fit", Cut.class),
        "fit",
        "fit must be one of crop, fill, got \"squeeze\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "\"text\"", "null"})
  void a_body_is_an_object(String body) {
    assertThatThrownBy(() -> fields(body))
        .isInstanceOf(HttpFailure.class)
        .hasMessageContaining("the body must be a JSON object");
  }
}
