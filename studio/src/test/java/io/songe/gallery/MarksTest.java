package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {
  private static final Path FILE = Path.of("2026-11-23", "p-1.json");

  @Test
  void marks_are_read_as_they_were_written() {
    Marks marks =
        Marks.NONE.withFavourite(true).withStars(4).withCollection(" Bêtes \"sauvages\" ", true);

    assertThat(Marks.fromJson(marks.toJson(), FILE)).isEqualTo(marks);
    assertThat(marks.collections()).containsExactly("Bêtes \"sauvages\"");
  }

  @Test
  void leaving_a_collection_undoes_entering_it() {
    Marks marks = Marks.NONE.withCollection("a", true).withCollection("a", false);

    assertThat(marks).isEqualTo(Marks.NONE);
  }

  @Test
  void there_are_no_more_than_five_stars_and_no_fewer_than_none() {
    assertThatThrownBy(() -> Marks.NONE.withStars(6))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a picture has 0 to 5 stars, got 6");
    assertThatThrownBy(() -> Marks.NONE.withStars(-1)).isInstanceOf(InvalidRequestException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb"})
  void a_collection_has_a_name_on_one_line(String name) {
    assertThatThrownBy(() -> Marks.NONE.withCollection(name, true))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("a collection's name has 1 to 80 characters on one line");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1", "{\"favourite\":true,\"stars\":9,\"collections\":[]}"})
  void a_file_of_something_else_is_refused(String json) {
    assertThatThrownBy(() -> Marks.fromJson(json.getBytes(StandardCharsets.UTF_8), FILE))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("2026-11-23/p-1.json: a picture's marks cannot be understood");
  }
}
