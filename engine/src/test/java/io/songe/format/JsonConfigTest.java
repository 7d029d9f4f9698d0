package io.songe.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file scheduler_config.json is written by tools/golden/safetensors_files.py. */
class JsonConfigTest {
  @TempDir Path folder;

  @Test
  void reads_a_published_scheduler_to_its_last_option() {
    JsonConfig config = JsonConfig.read(Golden.file("scheduler_config.json"));

    assertThat(config.string("_class_name")).isEqualTo("DPMSolverMultistepScheduler");
    assertThat(config.number("beta_start")).isEqualTo(0.0001);
    assertThat(config.number("flow_shift")).isEqualTo(1);
    assertThat(config.integer("solver_order")).isEqualTo(2);
    assertThat(config.flag("use_karras_sigmas")).isTrue();
    assertThat(config.optionalNumbers("trained_betas")).isEmpty();
    assertThat(config.optionalString("variance_type")).isEmpty();
    assertThat(config.numberOrInfinity("lambda_min_clipped", 0))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    Set<String> rest = Set.copyOf(config.keys().stream().skip(1).toList());
    config.refuseUnknown(rest);
  }

  @Test
  void values_of_every_type_are_read() {
    JsonConfig config =
        parse(
            """
            {"text": "é", "whole": -7, "large": 9007199254740993, "real": 1.5e-3, "true": true,
             "texts": ["a", "b"], "some": ["a", null], "wholes": [1, 2], "reals": [1, 2.5],
             "null": null, "inner": {"key": 1}}
            """);

    assertThat(config.string("text")).isEqualTo("é");
    assertThat(config.integer("whole")).isEqualTo(-7);
    assertThat(config.longInteger("large")).isEqualTo(9007199254740993L);
    assertThat(config.number("real")).isEqualTo(0.0015);
    assertThat(config.number("whole")).isEqualTo(-7);
    assertThat(config.flag("true")).isTrue();
    assertThat(config.strings("texts")).containsExactly("a", "b");
    assertThat(config.nullableStrings("some")).containsExactly(Optional.of("a"), Optional.empty());
    assertThat(config.integers("wholes")).containsExactly(1, 2);
    assertThat(config.numbers("reals")).containsExactly(1.0, 2.5);
    assertThat(config.optionalNumbers("reals")).contains(List.of(1.0, 2.5));
    assertThat(config.object("inner").integer("key")).isEqualTo(1);
    assertThat(config.optionalObject("null")).isEmpty();
    assertThat(config.optionalObject("inner")).isPresent();
    config.refuseUnknown(Set.of());
  }

  @Test
  void defaults_stand_in_for_absent_options_only() {
    JsonConfig config = parse("{\"null\": null}");

    assertThat(config.integer("absent", 3)).isEqualTo(3);
    assertThat(config.string("absent", "x")).isEqualTo("x");
    assertThat(config.number("absent", 0.5)).isEqualTo(0.5);
    assertThat(config.flag("absent", true)).isTrue();
    assertThat(config.strings("absent", List.of("x"))).containsExactly("x");
    assertThat(config.integers("absent", List.of(1))).containsExactly(1);
    assertThat(config.integerOrList("absent", 2, 8)).containsExactly(8, 8);
    assertThat(config.optionalInteger("absent")).isEmpty();
    assertThat(config.optionalInteger("null")).isEmpty();
    assertBroken(
        () -> config.integer("null", 3),
        "option 'null' is null, expected a whole number (32 bits); correct it or download the file again");
  }

  @Test
  void one_value_stands_for_a_list() {
    JsonConfig config = parse("{\"one\": 8, \"list\": [5, 10], \"flag\": true}");

    assertThat(config.integerOrList("one", 3)).containsExactly(8, 8, 8);
    assertThat(config.integerOrList("list", 2)).containsExactly(5, 10);
    assertThat(config.flagOrList("flag", 2, false)).containsExactly(true, true);
    assertThat(config.flagOrList("absent", 1, false)).containsExactly(false);
    assertBroken(
        () -> config.integerOrList("list", 4),
        "option 'list' is [5,10], expected a list of 4 elements or one value for all; correct it or download the file again");
  }

  @Test
  void a_missing_option_is_named() {
    assertBroken(
        () -> parse("{}").integer("layers"),
        "lacks the option 'layers'; is it the configuration of another kind of model?");
    assertBroken(
        () -> parse("{\"inner\": {}}").object("inner").string("name"),
        "lacks the option 'inner.name'; is it the configuration of another kind of model?");
  }

  @Test
  void a_value_of_the_wrong_type_is_shown_beside_what_was_expected() {
    JsonConfig config =
        parse(
            "{\"a\": \"64\", \"b\": 8.0, \"c\": 3000000000, \"d\": 1, \"e\": [1, \"x\"], \"f\": {}}");

    assertWrong(() -> config.integer("a"), "'a' is \"64\", expected a whole number (32 bits)");
    assertWrong(() -> config.integer("b"), "'b' is 8.0, expected a whole number (32 bits)");
    assertWrong(() -> config.integer("c"), "'c' is 3000000000, expected a whole number (32 bits)");
    assertWrong(() -> config.number("a"), "'a' is \"64\", expected a finite number");
    assertWrong(() -> config.flag("d"), "'d' is 1, expected true or false");
    assertWrong(() -> config.string("d"), "'d' is 1, expected a text");
    assertWrong(() -> config.integers("e"), "'e' is \"x\", expected a whole number (32 bits)");
    assertWrong(
        () -> config.integers("d"), "'d' is 1, expected a list, each element a whole number");
    assertWrong(() -> config.strings("f"), "'f' is {}, expected a list, each element a text");
    assertWrong(() -> config.object("d"), "'d' is 1, expected an object in braces");
  }

  @Test
  void numbers_that_are_none_are_refused() {
    JsonConfig config = parse("{\"nan\": NaN, \"minus\": -Infinity, \"huge\": 1e999}");

    assertWrong(() -> config.number("nan"), "'nan' is ");
    assertWrong(() -> config.number("minus"), "expected a finite number");
    assertWrong(() -> config.number("huge"), "expected a finite number");
    assertWrong(() -> config.numberOrInfinity("nan", 0), "expected a number or an infinity");
    assertThat(config.numberOrInfinity("minus", 0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void an_option_nobody_asked_for_is_refused_with_its_value() {
    JsonConfig config = parse("{\"known\": 1, \"foo\": 3, \"_name_or_path\": \"x\"}");

    config.integer("known");

    assertBroken(
        () -> config.refuseUnknown(Set.of("_name_or_path")),
        "unknown option 'foo' = 3; this version of Songe does not know it, so the model would be drawn wrongly");
  }

  @Test
  void several_unknown_options_are_listed_and_inner_ones_by_their_path() {
    JsonConfig config = parse("{\"inner\": {\"a\": 1, \"b\": [2]}}");

    assertBroken(
        () -> config.object("inner").refuseUnknown(Set.of()),
        "unknown options 'inner.a' = 1, 'inner.b' = [2]; this version of Songe does not know them, so the model would be drawn wrongly");
  }

  @Test
  void looking_whether_a_key_is_there_does_not_make_it_known() {
    JsonConfig config = parse("{\"foo\": null}");

    assertThat(config.has("foo")).isTrue();
    assertThat(config.has("bar")).isFalse();
    assertThatThrownBy(() -> config.refuseUnknown(Set.of())).hasMessageContaining("'foo' = null");
  }

  @Test
  void options_that_do_nothing_pass_and_others_are_refused() {
    String neutral = "{\"dual\": false, \"kernel\": 3, \"kinds\": [1, null], \"absent\": true}";

    JsonConfig plain = parse("{\"dual\": false, \"kernel\": 3.0, \"kinds\": [1.0, null]}");
    plain.requireNeutral(neutral);
    plain.refuseUnknown(Set.of());

    assertBroken(
        () -> parse("{\"dual\": true}").requireNeutral(neutral),
        "option 'dual' = true is not supported by this version of Songe, only false is");
    assertBroken(
        () -> parse("{\"kinds\": [1, 2]}").requireNeutral(neutral),
        "option 'kinds' = [1,2] is not supported by this version of Songe, only [1,null] is");
  }

  @Test
  void broken_json_is_refused_with_its_place() {
    assertThatThrownBy(() -> parse("{\n  \"a\": 1,\n}"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("unet/config.json: is not valid JSON at line 3, column ")
        .hasMessageEndingWith("; correct it or download it again")
        .hasMessageNotContaining("\n");
  }

  @Test
  void what_is_not_one_object_is_refused() {
    for (String json : List.of("[1]", "3", "", "null")) {
      assertBroken(() -> parse(json), "is not a JSON object in braces; download it again");
    }
    assertThatThrownBy(() -> parse("{} {}")).hasMessageContaining("is not valid JSON");
    assertThatThrownBy(() -> parse("{\"a\": 1, \"a\": 2}")).hasMessageContaining("Duplicate");
  }

  @Test
  void too_deep_json_is_refused() {
    assertThatThrownBy(() -> parse("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("is not valid JSON");
  }

  @Test
  void a_file_that_is_not_utf8_is_refused() throws Exception {
    Path file = folder.resolve("config.json");
    Files.write(file, "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> JsonConfig.read(file))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageEndingWith("config.json: is not valid UTF-8; download it again");
  }

  @Test
  void a_file_too_large_for_a_configuration_is_refused() throws Exception {
    Path file = folder.resolve("config.json");
    Files.write(file, new byte[(16 << 20) + 1]);

    assertThatThrownBy(() -> JsonConfig.read(file))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("is larger than 16777216 bytes");
  }

  @Test
  void a_missing_file_and_a_folder_are_refused() {
    assertThatThrownBy(() -> JsonConfig.read(folder.resolve("unet").resolve("config.json")))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("unet/config.json: there is no such file");
    assertThatThrownBy(() -> JsonConfig.read(folder))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("cannot be read: ");
  }

  @Test
  void damaged_json_brings_only_our_own_exception() throws Exception {
    byte[] original = Files.readAllBytes(Golden.file("options.json"));
    int refused = 0;

    for (long seed = 0; seed < 10_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] damaged = Arrays.copyOf(original, original.length - random.nextInt(3));
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        StrictJson.parse(damaged, new FileLabel("config.json"));
      } catch (BrokenFileException expected) {
        refused++;
      } catch (RuntimeException wrong) {
        throw new AssertionError("seed " + seed, wrong);
      }
    }

    assertThat(refused).isBetween(5_000, 9_999);
  }

  private static JsonConfig parse(String json) {
    return JsonConfig.parse("unet/config.json", json);
  }

  private static void assertBroken(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(BrokenFileException.class)
        .hasMessage("unet/config.json: " + message);
  }

  private static void assertWrong(ThrowingCallable call, String part) {
    assertThatThrownBy(call)
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("unet/config.json: option ")
        .hasMessageContaining(part);
  }
}
