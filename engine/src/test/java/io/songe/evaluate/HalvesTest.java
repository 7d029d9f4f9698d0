package io.songe.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.data.compose.Relation;
import io.songe.image.Colour;
import io.songe.image.Image;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalvesTest {
  private static final Image RED = Image.filled(16, 16, Colour.opaque(200, 0, 0));
  private static final Image BLUE = Image.filled(16, 16, Colour.opaque(0, 0, 200));

  @ParameterizedTest
  @EnumSource(names = {"LEFT_OF", "RIGHT_OF", "ABOVE", "BELOW"})
  void things_that_were_joined_are_found_in_their_halves(Relation relation) {
    Image joined = Halves.joined(RED, BLUE, relation);

    Halves halves = Halves.of(joined, relation);

    assertThat(centre(halves.first())).isEqualTo(Colour.opaque(200, 0, 0));
    assertThat(centre(halves.second())).isEqualTo(Colour.opaque(0, 0, 200));
  }

  @ParameterizedTest
  @EnumSource(names = {"LEFT_OF", "RIGHT_OF", "ABOVE", "BELOW"})
  void things_that_stand_the_other_way_round_are_found_in_the_others_half(Relation relation) {
    Image joined = Halves.joined(RED, BLUE, relation.converse());

    assertThat(centre(Halves.of(joined, relation).first())).isEqualTo(Colour.opaque(0, 0, 200));
  }

  @ParameterizedTest
  @EnumSource(names = {"LEFT_OF", "ABOVE"})
  void nothing_stays_nothing(Relation relation) {
    Image empty = Image.filled(32, 32, Colour.TRANSPARENT);

    assertThat(Halves.of(empty, relation).first().hasTransparency()).isTrue();
  }

  private static Colour centre(Image picture) {
    return picture.at(picture.width() / 2, picture.height() / 2);
  }
}
