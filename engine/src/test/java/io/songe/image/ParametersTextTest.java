package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The golden readings come from tools/golden/parameters_text.py. */
class ParametersTextTest {
  private static final List<Parameter> THREE =
      List.of(
          new Parameter("Steps", "20"),
          new Parameter("Sampler", "Euler a"),
          new Parameter("Seed", "5"));

  static Stream<JsonNode> golden() {
    return Golden.read("parameters_text.json").valueStream();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void texts_are_read_as_the_regular_expression_reads_them(JsonNode golden) {
    ParametersText text = ParametersText.parse(golden.get("text").asString());

    Map<String, String> expected = new LinkedHashMap<>();
    golden
        .get("values")
        .properties()
        .forEach(value -> expected.put(value.getKey(), value.getValue().asString()));
    assertThat(text.prompt()).isEqualTo(golden.get("prompt").asString());
    assertThat(text.negativePrompt()).isEqualTo(golden.get("negative").asString());
    assertThat(text.withSizesSplit()).containsExactlyEntriesOf(expected);
  }

  @Test
  void the_text_has_prompt_negative_prompt_and_one_line_of_parameters() {
    var text = new ParametersText("a fox,\nat dawn", "blurry", THREE);

    assertThat(text.write())
        .isEqualTo(
            "a fox,\nat dawn\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, Seed: 5");
  }

  @Test
  void empty_parts_leave_no_line() {
    assertThat(new ParametersText("a fox", "", List.of()).write()).isEqualTo("a fox");
    assertThat(new ParametersText("", "blurry", THREE).write())
        .isEqualTo("Negative prompt: blurry\nSteps: 20, Sampler: Euler a, Seed: 5");
    assertThat(new ParametersText("", "", THREE).write())
        .isEqualTo("Steps: 20, Sampler: Euler a, Seed: 5");
  }

  @Test
  void a_prompt_that_looks_like_parameters_stays_a_prompt() {
    var prompt = new ParametersText("fox\ncat: 1, dog: 2, owl: 3", "", List.of());
    var negative = new ParametersText("fox", "cat: 1, dog: 2, owl: 3", List.of());

    assertThat(ParametersText.parse(prompt.write())).isEqualTo(prompt);
    assertThat(ParametersText.parse(negative.write())).isEqualTo(negative);
  }

  @Test
  void a_value_with_comma_colon_or_line_break_is_a_json_string() {
    var hashes = new Parameter("Lora hashes", "a: 1, b: 2");
    var prompt = new Parameter("Hires prompt", "\"été\"\n\\");

    assertThat(hashes.write()).isEqualTo("Lora hashes: \"a: 1, b: 2\"");
    assertThat(prompt.write()).isEqualTo("Hires prompt: \"\\\"été\\\"\\n\\\\\"");
  }

  @Test
  void a_value_that_repeats_its_key_is_left_out() {
    List<Parameter> parameters =
        List.of(new Parameter("Tiling", "Tiling"), THREE.get(0), THREE.get(1), THREE.get(2));

    var text = new ParametersText("x", "", parameters);

    assertThat(text.write()).isEqualTo("x\nTiling, Steps: 20, Sampler: Euler a, Seed: 5");
    assertThat(ParametersText.parse(text.write())).isEqualTo(text);
  }

  @Test
  void json_without_quotes_is_read_whole() {
    ParametersText text =
        ParametersText.parse(
            "x\nSteps: 20, Seed: 5, Civitai resources: [{\"type\":\"lora\",\"weight\":0.8},"
                + "{\"modelName\":\"a ] b, c\"}], Civitai metadata: {}, Clip skip: 0");

    assertThat(text.value("Civitai resources"))
        .hasValue("[{\"type\":\"lora\",\"weight\":0.8},{\"modelName\":\"a ] b, c\"}]");
    assertThat(text.value("Civitai metadata")).hasValue("{}");
    assertThat(text.value("Clip skip")).hasValue("0");
    assertThat(ParametersText.parse(text.write())).isEqualTo(text);
  }

  @Test
  void of_two_values_under_one_key_the_later_counts() {
    ParametersText text = ParametersText.parse("Steps: 1, Seed: 2, Steps: 3");

    assertThat(text.value("Steps")).hasValue("3");
    assertThat(text.value("Missing")).isEmpty();
    assertThat(text.parameters()).hasSize(3);
  }

  @Test
  void a_very_long_quoted_value_is_read() {
    String prompt = "a, \"b\": ".repeat(200_000);
    var text =
        new ParametersText(
            "x", "", List.of(THREE.get(0), THREE.get(1), new Parameter("Hires prompt", prompt)));

    assertThat(ParametersText.parse(text.write())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aa:[,", "aa:\"\\\",", "aa:{\"", "a:\"", ":", "aa:[", "aa", "]\"[{,:"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void reading_takes_time_in_proportion_to_the_text(String piece) {
    String text = "Steps: 1, Seed: 2, Size: 3, " + piece.repeat(1_000_000 / piece.length());

    // A million characters: with quadratic time this would take many minutes.
    assertThat(ParametersText.parse(text).prompt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", " a", "a ", "ab:c", "a,b", "-ab", "a\nb", "(ab)", "Negative prompt"})
  void a_key_that_could_not_be_read_back_is_refused(String key) {
    assertThatThrownBy(() -> new Parameter(key, "value"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("\"" + key + "\" cannot be the name of a parameter; use");
  }
}
