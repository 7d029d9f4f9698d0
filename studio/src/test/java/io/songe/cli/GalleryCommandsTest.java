package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryCommandsTest {
  @TempDir private static Path drawn;
  @TempDir private Path temp;

  @BeforeAll
  static void draw() throws IOException {
    for (String phrase : new String[] {"a ginger cat", "un renard bleu"}) {
      Run run =
          Run.songe(
              "imagine",
              phrase,
              "--size",
              "64",
              "--steps",
              "1",
              "--seed",
              "1",
              "--out",
              drawn.toString());
      assertThat(run.code()).as(run.err()).isZero();
    }
    Files.writeString(drawn.resolve("broken.png"), "no picture");
  }

  private Path folder() {
    return temp.resolve("studio");
  }

  private Run.Setting setting() {
    return new Run.Setting()
        .with("SONGE_STUDIO", folder())
        .with("SONGE_MODELS", temp.resolve("models"));
  }

  private Run songe(String... arguments) {
    return setting().run(arguments);
  }

  private Run filled() {
    return songe("gallery", "import", drawn.toString());
  }

  @Test
  void pictures_made_elsewhere_are_added_once() {
    Run first = filled();
    Run again = filled();

    assertThat(first.lines())
        .containsExactlyInAnyOrder("a-ginger-cat-1.png: added", "un-renard-bleu-1.png: added");
    assertThat(first.err()).startsWith("broken.png: ");
    assertThat(first.code()).isEqualTo(3);
    assertThat(again.lines()).allMatch(line -> line.endsWith(": there already")).hasSize(2);
  }

  @Test
  void words_find_the_files_of_pictures() throws IOException {
    filled();

    Run run = songe("gallery", "search", "ginger", "cat");

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEqualTo("(1 of 1 found)\n");
    assertThat(run.lines()).hasSize(1);
    assertThat(Files.size(Path.of(run.lines().getFirst()))).isPositive();
    assertThat(Run.songe("info", run.lines().getFirst()).out()).contains("prompt: a ginger cat");
  }

  @Test
  void without_words_the_latest_are_shown_and_only_so_many() {
    filled();

    assertThat(songe("gallery", "search").lines()).hasSize(2);
    assertThat(songe("gallery", "search", "--most", "1").err()).isEqualTo("(1 of 2 found)\n");
    assertThat(songe("gallery", "search", "no such words").out()).isEmpty();
    assertThat(songe("gallery", "search", "--json", "renard").out())
        .startsWith("{\"id\":\"")
        .contains("\"phrase\":\"un renard bleu\"");
  }

  @Test
  void how_many_are_shown_has_an_end() {
    assertThat(songe("gallery", "search", "--most", "501").err())
        .isEqualTo("songe: --most goes from 1 to 500, got 501\n");
  }

  @Test
  void an_index_that_is_gone_is_made_anew_from_the_files() throws IOException {
    filled();
    delete(folder().resolve("gallery").resolve("index"));

    Run run = songe("gallery", "rebuild");

    assertThat(run.out()).isEqualTo("2 pictures are in the index now\n");
    assertThat(songe("gallery", "search", "renard").lines()).hasSize(1);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void a_running_studio_is_searched_and_not_disturbed() throws Exception {
    filled();

    new ServerRun(setting(), folder())
        .visit(
            studio -> {
              assertThat(songe("gallery", "search", "ginger").lines()).hasSize(1);
              for (String[] change :
                  List.of(
                      new String[] {"gallery", "rebuild"},
                      new String[] {"gallery", "import", drawn.toString()})) {
                Run refused = songe(change);

                assertThat(refused.code()).isEqualTo(2);
                assertThat(refused.err())
                    .startsWith("songe: another Songe, at " + studio.address() + ", uses ");
              }
            },
            "serve",
            "--token");
  }

  @Test
  void where_prints_the_folder_and_makes_none() {
    Run run = songe("gallery", "where");

    assertThat(run.out()).isEqualTo(folder().resolve("gallery") + "\n");
    assertThat(run.err()).startsWith("(This folder is not there yet");
    assertThat(folder()).doesNotExist();
  }

  @Test
  void a_folder_that_is_not_there_cannot_be_added() {
    Run run = songe("gallery", "import", temp.resolve("nowhere").toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("songe: ");
  }
}
