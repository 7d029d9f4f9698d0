package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSizeTest {
  private final Surroundings around = new Run.Setting().surroundings();

  @Test
  void one_number_is_a_square() {
    assertThat(PictureSize.parse("256", around)).isEqualTo(new PictureSize(256, 256));
  }

  @ParameterizedTest
  @ValueSource(strings = {"320x256", "320X256", "320×256", " 320 x 256 ", "320*256"})
  void two_numbers_are_width_and_height(String text) {
    assertThat(PictureSize.parse(text, around)).isEqualTo(new PictureSize(320, 256));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "320x", "x256", "-8", "1e3", "256px", "1234567890", "٢٥٦"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> PictureSize.parse(text, around))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "--size is a number of pixels or WIDTHxHEIGHT, such as 256 or 320x256; got \""
                + text
                + "\"");
  }
}
