package io.songe.data.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CaptionsTest {
  private static final Captions FOX =
      Captions.of(FakeDrawings.drawing("animals-nature", "3d", "fox", "renard"));

  private static List<String> captions(Language language) {
    return LongStream.range(0, 2000).mapToObj(choice -> FOX.caption(language, choice)).toList();
  }

  @Test
  void a_number_has_one_caption() {
    assertThat(captions(Language.FRENCH)).isEqualTo(captions(Language.FRENCH));
  }

  @Test
  void the_wordings_of_published_prompts_are_among_them() {
    assertThat(captions(Language.ENGLISH))
        .contains("fox, 3d style", "a fox, 3d style", "fox", "fox in 3d style", "fox, thing")
        .contains("drawing of a fox, 3d style");
    assertThat(captions(Language.FRENCH))
        .contains("renard, style 3d", "un renard, style 3d", "le renard", "renard en style 3d")
        .contains("dessin d'un renard, style 3d")
        .noneMatch(caption -> caption.contains("une renard") || caption.contains("la renard"));
  }

  @Test
  void every_caption_says_what_the_source_says() {
    assertThat(captions(Language.ENGLISH))
        .allMatch(caption -> caption.matches(".*\\b(fox|thing|drawn|one)\\b.*"));
  }

  @Test
  void a_language_that_is_missing_is_replaced_by_another() {
    var drawing =
        new Drawing(
            "k", "k", "", "", Map.of(Language.FRENCH, new Caption("renard", List.of())), "", "");

    assertThat(Captions.of(drawing).languages()).containsExactly(Language.FRENCH);
    assertThat(Captions.of(drawing).caption(Language.ENGLISH, 1)).contains("renard");
  }
}
