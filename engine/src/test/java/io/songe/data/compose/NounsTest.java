package io.songe.data.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NounsTest {
  @ParameterizedTest
  @CsvSource({
    "fox, a fox, foxes",
    "owl, an owl, owls",
    "unicorn, a unicorn, unicorns",
    "mouse, a mouse, mice",
    "strawberry, a strawberry, strawberries",
    "slice of pizza, a slice of pizza, slices of pizza",
    "cat with wry smile, a cat with wry smile, cats with wry smile",
    "octopus, an octopus, octopuses"
  })
  void english_nouns_have_articles_and_plurals(String label, String indefinite, String plural) {
    EnglishNoun noun = EnglishNoun.of(label);

    assertThat(noun.names()).containsExactly(label, indefinite, "the " + label);
    assertThat(noun.plural()).hasValue(plural);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flag: France", "bacon", "a dog on the lawn", "cooking", "ON! arrow"})
  void what_is_no_english_noun_has_none(String label) {
    assertThat(EnglishNoun.of(label).names()).containsExactly(label);
    assertThat(EnglishNoun.of(label).plural()).isEmpty();
  }

  @Test
  void what_is_several_already_is_not_made_more() {
    assertThat(EnglishNoun.of("glasses").names())
        .containsExactly("glasses", "some glasses", "the glasses");
    assertThat(EnglishNoun.of("glasses").plural()).isEmpty();
    assertThat(FrenchNoun.of("livres").plural()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "renard, un renard, le renard, renards",
    "pomme de terre, une pomme de terre, la pomme de terre, pommes de terre",
    "aigle, un aigle, l'aigle, aigles",
    "hibou, un hibou, le hibou, hiboux",
    "cheval, un cheval, le cheval, chevaux",
    "bateau à moteur, un bateau à moteur, le bateau à moteur, bateaux à moteur",
    "œil, un œil, l'œil, yeux"
  })
  void french_nouns_have_articles_and_plurals(
      String label, String indefinite, String definite, String plural) {
    FrenchNoun noun = FrenchNoun.of(label);

    assertThat(noun.names()).containsExactly(label, indefinite, definite);
    assertThat(noun.plural()).hasValue(plural);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pomme rouge", "chauve-souris", "trinquer"})
  void a_french_plural_that_is_not_sure_is_not_given(String label) {
    assertThat(FrenchNoun.of(label).plural()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "renard, BLUE, renard bleu",
    "pomme de terre, GREEN, pomme de terre verte",
    "cœur avec ruban, PURPLE, cœur violet avec ruban",
    "lunettes de soleil, BLACK, lunettes de soleil noires",
    "fleur, ORANGE, fleur orange",
    "zigoteau, BLUE, zigoteau de couleur bleue"
  })
  void french_colours_agree(String label, Tint tint, String coloured) {
    assertThat(FrenchNoun.of(label).in(tint).getFirst().text()).isEqualTo(coloured);
  }

  @ParameterizedTest
  @CsvSource({
    "à gauche de, le renard, à gauche du renard",
    "à gauche de, une pomme, à gauche d'une pomme",
    "au-dessus de, les livres, au-dessus des livres",
    "à droite de, aigle, à droite d'aigle",
    "à droite de, hibou, à droite de hibou",
    "à droite de, l'aigle, à droite de l'aigle",
    "dessin de, des étoiles, dessin d'étoiles",
    "derrière, le renard, derrière le renard"
  })
  void french_prepositions_join_with_articles(String preposition, String name, String joined) {
    assertThat(FrenchNoun.after(preposition, name)).isEqualTo(joined);
  }

  @Test
  void brackets_and_curly_apostrophes_are_not_typed() {
    assertThat(FrenchNoun.of("étudiant (tous genres)").text()).isEqualTo("étudiant");
    assertThat(EnglishNoun.of("woman’s hat").text()).isEqualTo("woman's hat");
  }
}
