package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.checkpoint.ModelCard;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.mini.SongeMini;
import io.songe.pipeline.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgainCommandTest {
  private static final String OURS =
      ModelCard.read(SongeMini.folder()).weightsSha256().orElseThrow();
  private static final String OTHERS = (OURS.startsWith("0") ? "1" : "0") + OURS.substring(1);

  @TempDir private Path folder;

  private Path picture;

  @BeforeEach
  void draw_a_picture() {
    picture = folder.resolve("x.png");
    Run run =
        Run.songe(
            "imagine",
            "un chat",
            "--out",
            picture.toString(),
            "--size",
            "64",
            "--steps",
            "2",
            "--seed",
            "4",
            "--background",
            "#102030");
    assertThat(run.code()).isZero();
  }

  private void change(String what, String by) {
    Png png = Png.read(picture, PngLimits.DEFAULT);
    String json = png.texts().getOrDefault(Recipe.KEYWORD, "");
    assertThat(json).contains(what);
    png.withText(Recipe.KEYWORD, json.replace(what, by)).write(picture);
  }

  @Test
  void a_picture_made_again_is_identical_background_included() {
    Run run = Run.songe("again", picture.toString());

    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out()).isEqualTo("identical: all 4,096 pixels are the same\n");
    assertThat(folder.toFile().list()).containsExactly("x.png");
  }

  @Test
  void it_is_written_only_where_that_is_wanted() throws IOException {
    Run run = Run.songe("again", picture.toString(), "--out", folder.toString());

    Path again = folder.resolve("un-chat-4.png");
    assertThat(run.lines())
        .containsExactly(again.toString(), "identical: all 4,096 pixels are the same");
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(picture));
  }

  @Test
  void another_precision_is_repeated_as_it_was() {
    for (String precision : new String[] {"fp32", "bf16"}) {
      Path file = folder.resolve(precision + ".png");
      Run.songe(
          "imagine",
          "x",
          "--out",
          file.toString(),
          "--size",
          "64",
          "--steps",
          "2",
          "--precision",
          precision);

      assertThat(Run.songe("again", file.toString()).out()).startsWith("identical");
    }
  }

  @Test
  void a_prompt_is_read_again_as_it_was() {
    for (String syntax : new String[] {"a1111", "plain", "literal"}) {
      Path file = folder.resolve(syntax + ".png");
      Run.songe(
          "imagine",
          "a (red:1.5) [cat|dog] AND snow",
          "--out",
          file.toString(),
          "--size",
          "64",
          "--steps",
          "2",
          "--syntax",
          syntax,
          "--clip-skip",
          "2");

      assertThat(Run.songe("again", file.toString()).out()).startsWith("identical");
    }
  }

  @Test
  void a_picture_that_was_painted_over_differs() {
    Png png = Png.read(picture, PngLimits.DEFAULT);
    byte[] rgba = png.image().rgba();
    rgba[0] = (byte) (rgba[0] + 64);
    new Png(Image.of(64, 64, rgba), png.texts()).write(picture);

    Run run = new Run.Setting().in(Locale.FRANCE).run("again", picture.toString());

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.out())
        .matches(
            "différente : 1 pixels sur 4\\h096, d'au plus [0-9]+ niveaux sur 255 ; PSNR [0-9]+,[0-9] dB\n");
  }

  @Test
  void a_picture_that_was_cut_differs_in_its_size() {
    Png png = Png.read(picture, PngLimits.DEFAULT);
    new Png(png.image().crop(0, 0, 60, 50), png.texts()).write(picture);

    Run run = Run.songe("again", picture.toString());

    assertThat(run.code()).isEqualTo(6);
    assertThat(run.out())
        .isEqualTo(
            "different: the file is 60x50 and its recipe gives 64x64; it was changed since\n");
  }

  @Test
  void other_weights_under_the_same_name_are_told() {
    change(OURS, OTHERS);

    Run run = Run.songe("again", picture.toString());

    assertThat(run.lines())
        .hasSize(2)
        .last()
        .asString()
        .isEqualTo(
            "the model's weights are others: %s drew the picture, %s is here"
                .formatted(OTHERS, OURS));
  }

  @Test
  void weights_are_found_under_another_name() {
    change("\"model\":\"songe-mini\"", "\"model\":\"renamed since\"");

    assertThat(Run.songe("again", picture.toString()).code()).isZero();
  }

  @Test
  void a_model_that_is_not_here_is_named() {
    change(OURS, OTHERS);
    change("\"model\":\"songe-mini\"", "\"model\":\"far-away\"");

    Run run = new Run.Setting().with("SONGE_MODELS", "my models").run("again", picture.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe: the picture was drawn by the model far-away, which is not here; put it into my"
                + " models, or give its folder with --model\n");
  }

  @Test
  void a_recipe_that_cannot_be_followed_is_the_files_fault() {
    change("\"sampler\":\"ddim\"", "\"sampler\":\"tomorrow\"");

    Run run = Run.songe("again", picture.toString());

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("songe: " + picture + ": its recipe cannot be followed: unknown sampler")
        .hasLineCount(1);
  }

  @Test
  void a_picture_of_another_program_cannot_be_made_again() {
    new Png(Image.filled(8, 8, Colour.WHITE)).write(picture);

    Run run = Run.songe("again", picture.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("holds no recipe, so it cannot be made again");
  }
}
