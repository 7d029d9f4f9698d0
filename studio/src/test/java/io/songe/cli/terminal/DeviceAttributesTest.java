package io.songe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceAttributesTest {
  @Test
  void reads_the_numbers_between_what_was_typed() {
    assertThat(DeviceAttributes.parse("ab\033[?62;4;22cq"))
        .hasValueSatisfying(
            answer -> assertThat(answer.codes()).containsExactlyInAnyOrder(62, 4, 22));
  }

  @Test
  void knows_sixel_from_its_number() {
    assertThat(DeviceAttributes.parse("\033[?62;4c")).map(DeviceAttributes::sixel).hasValue(true);
    assertThat(DeviceAttributes.parse("\033[?64;1c")).map(DeviceAttributes::sixel).hasValue(false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4", "\033[?62;4", "\033[62;4c", "\033[?;c", "\033[?99999999999c"})
  void anything_else_is_no_answer(String read) {
    assertThat(DeviceAttributes.parse(read)).isEmpty();
  }
}
