package io.songe.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaughtThingsTest {
  private static final TaughtThings THINGS =
      new TaughtThings(
          Map.of(
              "en",
              List.of("fox", "slice of pizza", "red apple", "cherries", "dog face", "horse"),
              "fr",
              List.of(
                  "renard",
                  "œuf au plat",
                  "part de pizza",
                  "éléphant",
                  "cheval",
                  "front-facing baby chick")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a fox",
        "two FOXES in the snow, noto style",
        "a pizza",
        "a green apple",
        "a cherry",
        "dogs",
        "l'éléphant",
        "des elephants roses",
        "trois chevaux",
        "un oeuf",
        "",
        "a",
        "red"
      })
  void a_phrase_may_name_them_in_other_forms(String phrase) {
    assertThat(THINGS.mayBeNamedIn(phrase)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a rocket", "a red car", "un château sur une île", "a clown's face", "a baby"})
  void a_phrase_may_name_none_of_them(String phrase) {
    assertThat(THINGS.mayBeNamedIn(phrase)).isFalse();
  }

  @Test
  void where_a_model_does_not_say_it_anything_may_be_known() {
    assertThat(TaughtThings.UNSAID.mayBeNamedIn("a rocket")).isTrue();
    assertThat(TaughtThings.UNSAID.names(Locale.FRENCH)).isEmpty();
  }

  @Test
  void names_without_a_word_of_a_thing_say_nothing() {
    assertThat(new TaughtThings(Map.of("en", List.of("red", "big face"))).mayBeNamedIn("a rocket"))
        .isTrue();
  }

  @Test
  void names_are_told_by_language() {
    assertThat(THINGS.names(Locale.CANADA_FRENCH)).contains("renard").doesNotContain("fox");
    assertThat(THINGS.names(Locale.GERMAN)).isEmpty();
  }
}
