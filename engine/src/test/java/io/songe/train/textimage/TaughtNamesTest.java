package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.TaughtThings;
import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Groups;
import io.songe.data.Language;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaughtNamesTest {
  private static Drawing drawing(
      String key, String concept, String group, Caption english, Caption french) {
    return new Drawing(
        key,
        concept,
        "noto",
        group,
        Map.of(Language.ENGLISH, english, Language.FRENCH, french),
        "",
        "");
  }

  private static Drawing animal(String name, List<String> others, String french) {
    return drawing(
        "noto/" + name,
        name,
        "animals",
        new Caption(name, others),
        new Caption(french, List.of("animal")));
  }

  @Test
  void names_are_labels_short_forms_and_what_several_drawings_of_a_thing_are_called() {
    List<Drawing> corpus =
        List.of(
            animal("rabbit", List.of("animal", "bunny", "ears"), "lapin"),
            animal("rabbit face", List.of("animal", "bunny", "face"), "tête de lapin"),
            animal("hippopotamus", List.of("animal", "hippo", "river"), "hippopotame"),
            drawing(
                "noto/car",
                "car",
                "travel",
                new Caption("car", List.of("river")),
                new Caption("voiture", List.of("auto"))));

    assertThat(TaughtNames.of(corpus, Groups.named("animals")).names())
        .isEqualTo(
            Map.of(
                "en",
                List.of("bunny", "hippo", "hippopotamus", "rabbit", "rabbit face"),
                "fr",
                List.of("hippopotame", "lapin", "tête de lapin")));
    assertThat(TaughtNames.of(corpus, Groups.all()).names().get("fr")).contains("voiture");
  }

  @Test
  void pictures_with_a_caption_each_name_nothing() {
    Drawing alone =
        drawing(
            "beach-1",
            "beach-1",
            "",
            new Caption("my dog on the beach", List.of()),
            new Caption("mon chien à la plage", List.of()));

    assertThat(TaughtNames.of(List.of(alone), Groups.all())).isEqualTo(TaughtThings.UNSAID);
  }
}
