package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.image.SourceMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Explains a tiny model of the engine's tests, in two steps. */
class ExplainCommandsTest {
  private static final Path MODEL =
      Path.of("..", "engine", "src", "test", "resources", "golden", "families", "sd2", "model");

  @TempDir private Path folder;

  private Run explain(Run.Setting setting, String... arguments) {
    List<String> all = new ArrayList<>(List.of("explain"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--model", MODEL.toAbsolutePath().normalize().toString()));
    return setting.run(all.toArray(String[]::new));
  }

  private Png figure(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", folder.resolve("figure.png").toString()));
    Run run = explain(new Run.Setting(), all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return Png.read(Path.of(run.out().strip()), PngLimits.DEFAULT);
  }

  private String picture() {
    Path file = folder.resolve("red.png");
    new Png(Image.filled(80, 64, Colour.opaque(220, 30, 20))).write(file);
    return file.toString();
  }

  /** A row of n pictures of 128 pixels, with margins of 8, is 136 n + 8 wide. */
  private static int width(int pictures) {
    return 136 * pictures + 8;
  }

  @ParameterizedTest
  @CsvSource({"noise, 7", "steps, 3", "words, 6", "guidance, 5"})
  void each_idea_is_a_figure_of_so_many_columns(String idea, int columns) {
    Png figure = figure(idea, "a", "red", "fox", "--seed", "3", "--steps", "2");

    assertThat(figure.image().width()).isEqualTo(width(columns));
    assertThat(SourceMark.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA.isIn(figure.texts())).isTrue();
  }

  @Test
  void goes_from_one_phrase_to_another_in_seven_pictures() {
    Png figure = figure("between", "a red fox", "a house", "--seed", "3", "--steps", "2");

    assertThat(figure.image().width()).isEqualTo(width(7));
  }

  @Test
  void shows_what_the_autoencoder_keeps_of_a_picture() {
    Png figure = figure("autoencoder", picture());

    assertThat(figure.image().width()).isEqualTo(200 * 4 + 8);
    assertThat(figure.image().at(100, 100)).isEqualTo(Colour.opaque(220, 30, 20));
  }

  @Test
  void noise_is_added_to_the_picture_that_was_given() {
    Png figure = figure("noise", "a red fox", "--picture", picture(), "--seed", "3");

    assertThat(figure.image().at(70, 100)).isEqualTo(Colour.opaque(220, 30, 20));
  }

  @Test
  void the_same_seed_gives_the_same_figure_under_another_name() {
    Png first = figure("steps", "a red fox", "--seed", "3", "--steps", "2");
    Png second = figure("steps", "a red fox", "--seed", "3", "--steps", "2");
    Png other = figure("steps", "a red fox", "--seed", "4", "--steps", "2");

    assertThat(second.image()).isEqualTo(first.image()).isNotEqualTo(other.image());
    assertThat(folder).isDirectoryContaining("glob:**figure-3.png");
  }

  @Test
  void says_in_the_users_language_what_is_shown() {
    Run run =
        explain(
            new Run.Setting().in(Locale.FRENCH),
            "steps",
            "un renard",
            "--seed",
            "3",
            "--steps",
            "2",
            "--out",
            folder.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("L'image, avec le bruit qui y reste (graine 3)\n")
        .endsWith("Ce que le réseau croit sous le bruit\n");
    assertThat(run.out()).isEqualTo(folder.resolve("steps-un-renard.png") + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "steps", "words", "guidance"})
  void without_a_phrase_it_says_how_to_give_one(String idea) {
    Run run = explain(new Run.Setting(), idea, "--out", folder.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("songe: say what to draw, such as:");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_way_needs_two_ends() {
    assertThat(explain(new Run.Setting(), "between", "a fox", " ").code()).isEqualTo(2);
    assertThat(explain(new Run.Setting(), "between", "a fox").code()).isEqualTo(2);
  }

  @Test
  void a_seed_that_cannot_be_is_refused() {
    Run run = explain(new Run.Setting(), "words", "a fox", "--seed", "-1");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--seed goes from 0 to", "got -1");
  }

  @Test
  void without_an_idea_it_lists_them() {
    Run run = Run.songe("explain");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("  noise  ", "  steps  ", "  autoencoder  ", "  between  ");
  }
}
