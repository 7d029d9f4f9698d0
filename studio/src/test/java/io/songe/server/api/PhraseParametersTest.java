package io.songe.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.server.HttpFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhraseParametersTest {
  @Test
  void a_phrase_without_parameters_stays_as_it_is() {
    PhraseParameters read = PhraseParameters.parse("un renard roux, style bd");

    assertThat(read.phrase()).isEqualTo("un renard roux, style bd");
    assertThat(read.seed()).isEmpty();
    assertThat(read.tile()).isFalse();
  }

  @Test
  void all_parameters_are_read_from_the_end() {
    PhraseParameters read =
        PhraseParameters.parse(
            "a castle --ar 3:2 --seed 5 --no people, cars --chaos 30 --stylize 250 --tile"
                + " --repeat 3 --stop 80 --iw 0.5");

    assertThat(read.phrase()).isEqualTo("a castle");
    assertThat(read.ratio()).contains(1.5);
    assertThat(read.seed()).contains(5L);
    assertThat(read.without()).contains("people, cars");
    assertThat(read.chaos()).contains(30);
    assertThat(read.stylize()).contains(250);
    assertThat(read.tile()).isTrue();
    assertThat(read.repeat()).contains(3);
    assertThat(read.stop()).contains(80);
    assertThat(read.imageWeight()).contains(0.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a cat —ar 2:1", "a cat –ar 2:1", "a cat --aspect 2:1", "a cat --AR 2:1"})
  void telephones_dashes_and_other_spellings_are_understood(String typed) {
    PhraseParameters read = PhraseParameters.parse(typed);

    assertThat(read.phrase()).isEqualTo("a cat");
    assertThat(read.ratio()).contains(2.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a well-lit room",
        "a word-- and more",
        "rain — and a dog",
        "a man —tired— on a chair",
        "(a cat)-- a dog",
        "numbers --5"
      })
  void other_hyphens_and_dashes_belong_to_the_phrase(String typed) {
    assertThat(PhraseParameters.parse(typed).phrase()).isEqualTo(typed);
  }

  @Test
  void an_unknown_parameter_is_refused_with_what_is_known() {
    assertThatThrownBy(() -> PhraseParameters.parse("a cat --quality 2"))
        .isInstanceOf(HttpFailure.class)
        .hasMessage(
            "--quality is not known at the end of a phrase; known are --ar, --seed, --no, --chaos,"
                + " --stylize, --tile, --repeat, --stop, --iw");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--ar 3 | --ar needs two whole numbers such as 3:2",
        "--ar 0:1 | --ar needs two whole numbers",
        "--ar 9:1 | --ar goes from 1:8 to 8:1",
        "--seed -1 | --seed needs a whole number from 0 to",
        "--seed 99999999999999999 | --seed needs a whole number from 0 to",
        "--seed 999999999999999999999999 | --seed needs a whole number from 0 to",
        "--seed | --seed needs a whole number",
        "--no | --no needs words",
        "--chaos 101 | --chaos needs a whole number from 0 to 100, got \"101\"",
        "--stylize 1001 | --stylize needs a whole number from 0 to 1000",
        "--stop 5 | --stop needs a whole number from 10 to 100",
        "--repeat 0 | --repeat needs a whole number from 1 to 10",
        "--iw 2.5 | --iw needs a number from 0 to 2",
        "--iw NaN | --iw needs a number from 0 to 2",
        "--tile yes | --tile stands alone",
        "--seed 5 --seed 6 | --seed is there twice",
        "--seed 5 and a dog | parameters come last",
      })
  void values_that_cannot_be_are_refused(String parameters, String message) {
    assertThatThrownBy(() -> PhraseParameters.parse("a cat " + parameters))
        .isInstanceOfSatisfying(
            HttpFailure.class,
            refused -> assertThat(refused.failure().parameter()).contains("phrase"))
        .hasMessageContaining(message);
  }
}
