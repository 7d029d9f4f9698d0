package io.songe.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColourTest {
  @ParameterizedTest
  @CsvSource({
    "#1a2b3c, #1a2b3c",
    "#FFF, #ffffff",
    "#1a2, #11aa22",
    "#1a2b3c80, #1a2b3c80",
    "white, #ffffff",
    "' Blanc ', #ffffff",
    "NOIR, #000000",
    "sky blue, #87ceeb",
    "bleu-ciel, #87ceeb",
    "doré, #ffd700",
    "transparent, #00000000"
  })
  void notations_and_names_in_both_languages_are_read(String text, String expected) {
    assertThat(Colour.parse(text)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "#", "#12", "#12345", "#ggg", "#1234567", "#-12", "blu", "#١٢٣"})
  void what_is_no_colour_is_refused_with_examples(String text) {
    assertThatThrownBy(() -> Colour.parse(text))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("\"" + text + "\" is not a known colour; write #rrggbb")
        .hasMessageContaining("blanc");
  }

  @Test
  void levels_beyond_a_byte_are_refused() {
    assertThatThrownBy(() -> Colour.opaque(0, 256, 0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a colour's green goes from 0 to 255, got 256");
  }
}
