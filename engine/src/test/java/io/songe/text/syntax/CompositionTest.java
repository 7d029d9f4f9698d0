package io.songe.text.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionTest {
  private static String described(String text) {
    return Composition.parse(text).branches().stream()
        .map(branch -> branch.text() + "*" + branch.weight())
        .toList()
        .toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a cat;[a cat*1.0]",
        "a cat:1.2;[a cat:1.2*1.0]",
        "a AND b:1.2;[a*1.0, b*1.2]",
        "a :.5 AND b : -1 AND c;[a*0.5, b*-1.0, c*1.0]",
        "a:5:1 AND b:;[a:5*1.0, b:*1.0]",
        "SAND AND LAND;[SAND*1.0, LAND*1.0]",
        "a and b;[a and b*1.0]",
        "AND;[*1.0, *1.0]",
        "[a AND b:3];[[a*1.0, b:3]*1.0]",
      })
  void splits_at_and(String text, String expected) {
    assertThat(described(text)).isEqualTo(expected);
  }

  @Test
  void and_may_stand_on_a_line_of_its_own() {
    assertThat(described("cat\nAND\ndog")).isEqualTo("[cat*1.0, dog*1.0]");
  }

  @Test
  void takes_out_the_tags_of_extra_networks() {
    Composition read = Composition.parse("a <lora:ink:0.8:0.5>cat <hypernet:sea>");

    assertThat(read.branches().getFirst().text().toString()).isEqualTo("a cat ");
    assertThat(read.networks())
        .containsExactly(
            new ExtraNetwork("lora", "ink", List.of("0.8", "0.5")),
            new ExtraNetwork("hypernet", "sea", List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "<lora:ink>, 1, 1",
    "<lora:ink:0.8>, 0.8, 0.8",
    "<lora:ink:0.8:-.5>, 0.8, -0.5",
    "<lora:ink:te=0.8:unet=0.5:dyn=4>, 0.8, 0.5",
    "<lora:ink:0.7:unet=0.5>, 0.7, 0.5",
    "<lora:ink:te=0.3>, 0.3, 0.3",
  })
  void a_tag_tells_the_weights_of_both_networks(String tag, double text, double image) {
    ExtraNetwork network = Composition.parse(tag).networks().getFirst();

    assertThat(network.textWeight()).isEqualTo(text);
    assertThat(network.imageWeight()).isEqualTo(image);
    assertThat(network).hasToString(tag);
  }

  @Test
  void a_tags_weight_that_is_no_number_is_refused_when_it_is_asked_for() {
    ExtraNetwork network = Composition.parse("<lora:ink:much>").networks().getFirst();

    assertThatThrownBy(network::imageWeight)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the weight \"much\" in <lora:ink:much> is not a number; write for example"
                + " <lora:ink:0.8>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a < b > c", "<3", "<lora>", "<:x>", "<x:"})
  void other_angle_brackets_are_text(String text) {
    assertThat(Composition.parse(text).networks()).isEmpty();
    assertThat(Composition.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a cat:1.2",
        "a AND b:1.2 AND [c:d:3]",
        "<lora:y:1> <x:",
        "<lo<lora:x:1>ra:y:1>",
        "<x AND :y>",
        " AND AND ",
      })
  void written_it_reads_back(String text) {
    Composition read = Composition.parse(text);

    assertThat(Composition.parse(read.toString())).isEqualTo(read);
  }
}
