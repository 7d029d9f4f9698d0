package io.songe.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final Catalogue<List<String>> fruits =
      new Catalogue<>(
          "fruit",
          List.of(List.of("Blood Orange", "tarocco"), List.of("Plum++", "p++")),
          List::getFirst,
          names -> names.subList(1, names.size()));

  @Test
  void names_are_found_whatever_their_case_and_punctuation() {
    assertThat(fruits.get("BLOOD_orange").getFirst()).isEqualTo("Blood Orange");
    assertThat(fruits.get(" Tarocco ").getFirst()).isEqualTo("Blood Orange");
    assertThat(fruits.get("plumpp").getFirst()).isEqualTo("Plum++");
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest_and_all() {
    assertThatThrownBy(() -> fruits.get("blod orage"))
        .hasMessage(
            "unknown fruit \"blod orage\"; did you mean Blood Orange? Known are Blood Orange,"
                + " Plum++");
  }

  @Test
  void a_name_like_none_is_answered_with_all() {
    assertThatThrownBy(() -> fruits.get("xyzxyzxyz"))
        .hasMessage("unknown fruit \"xyzxyzxyz\"; known are Blood Orange, Plum++");
  }

  @Test
  void two_rows_of_one_name_are_refused() {
    assertThatThrownBy(() ->
            new Catalogue<>(
                "fruit", List.of("Fig", "FIG"), name -> name, name -> List.<String>of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two fruits are called FIG");
  }

  @Test
  void the_nearest_of_any_names_is_found() {
    List<String> styles = List.of("3d", "noto", "flat", "夢");

    assertThat(Catalogue.nearest("flatt", styles)).hasValue("flat");
    assertThat(Catalogue.nearest("watercolour", styles)).isEmpty();
    assertThat(Catalogue.nearest("猫", styles)).isEmpty();
  }

  @Test
  void distances_count_letters_to_insert_remove_or_replace() {
    assertThat(Catalogue.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Catalogue.distance("", "abc")).isEqualTo(3);
    assertThat(Catalogue.distance("abc", "abc")).isZero();
  }
}
