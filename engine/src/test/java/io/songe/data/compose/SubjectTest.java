package io.songe.data.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectTest {
  private static Subject subject(String group, String english, String french) {
    return Subject.of(0, FakeDrawings.drawing(group, "flat", english, french));
  }

  @ParameterizedTest
  @CsvSource({
    "animals-nature, fox, renard, true",
    "food-drink, pear, poire, true",
    "animals-nature, fox facing left, renard tourné à gauche, false",
    "objects, book, livre, false",
    "symbols, left arrow, flèche gauche, false",
    "flags, flag: France, drapeau : France, false",
    "travel-places, three o’clock, trois heures, false",
    "'', fox, renard, false"
  })
  void only_what_no_mirror_changes_is_mirrored(
      String group, String english, String french, boolean mirrors) {
    assertThat(subject(group, english, french).mirrors()).isEqualTo(mirrors);
  }

  @ParameterizedTest
  @CsvSource({
    "food-drink, red apple, pomme rouge",
    "food-drink, tangerine, orange",
    "flags, flag: France, drapeau : France",
    "symbols, peace symbol, symbole de paix",
    "people-body, woman, femme",
    "objects, Japanese dolls, poupées japonaises",
    "smileys-emotion, two hearts, deux cœurs",
    "'', fox, renard"
  })
  void what_must_keep_its_colour_takes_no_tint(String group, String english, String french) {
    assertThat(subject(group, english, french).tints()).isEmpty();
  }

  @Test
  void a_face_takes_no_colour_of_skin() {
    assertThat(subject("smileys-emotion", "grinning face", "visage rieur").tints())
        .contains(Tint.BLUE)
        .doesNotContain(Tint.BLACK, Tint.BROWN, Tint.WHITE);
  }

  @Test
  void several_of_what_is_several_are_not_counted() {
    assertThat(subject("food-drink", "cherries", "cerises").counts()).isFalse();
    assertThat(subject("food-drink", "fork and knife", "fourchette et couteau").counts()).isFalse();
    assertThat(subject("food-drink", "pear", "poire").counts()).isTrue();
  }

  @Test
  void what_has_a_size_in_its_name_is_not_called_small() {
    assertThat(subject("travel-places", "small airplane", "petit avion").shrinks()).isFalse();
    assertThat(subject("travel-places", "airplane", "avion").shrinks()).isTrue();
  }
}
