package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.image.BufferedImages;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.image.SourceMark;
import io.songe.pipeline.EditRecipe;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.edit.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits a red picture of 64x48 with the bundled model, in few steps. */
class EditCommandsTest {
  private static final Image RED = Image.filled(64, 48, Colour.opaque(220, 30, 20));

  @TempDir private Path folder;

  private Path picture;
  private Path mask;

  /** White on the left half. */
  private static Image leftHalf() {
    byte[] rgba = Image.filled(64, 48, Colour.BLACK).rgba();
    for (int i = 0; i < rgba.length; i += 4) {
      if (i / 4 % 64 < 32) {
        rgba[i] = -1;
        rgba[i + 1] = -1;
        rgba[i + 2] = -1;
      }
    }
    return Image.of(64, 48, rgba);
  }

  @BeforeEach
  void write_pictures() {
    picture = folder.resolve("red.png");
    mask = folder.resolve("mask.png");
    new Png(RED).write(picture);
    new Png(leftHalf()).write(mask);
  }

  private Png draw(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    Path out = folder.resolve("out.png");
    all.addAll(List.of("--steps", "4", "--seed", "3", "--out", out.toString()));
    Run run = Run.songe(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return read(Path.of(run.out().strip()));
  }

  private static Png read(Path file) {
    return Png.read(file, PngLimits.DEFAULT);
  }

  private static EditRecipe edit(Png png) {
    return Recipe.of(png.texts()).flatMap(Recipe::edit).orElseThrow();
  }

  private Run again(String... more) {
    List<String> all = new ArrayList<>(List.of("again", folder.resolve("out.png").toString()));
    all.addAll(List.of(more));
    return Run.songe(all.toArray(String[]::new));
  }

  @Test
  void a_picture_is_drawn_anew_in_its_own_size_and_says_from_what() {
    Png drawn = draw("edit", picture.toString(), "--prompt", "a cat", "--strength", "0,5");

    assertThat(drawn.image().width()).isEqualTo(64);
    assertThat(drawn.image().height()).isEqualTo(48);
    assertThat(drawn.image()).isNotEqualTo(RED);
    EditRecipe.StartRecipe start = edit(drawn).start().orElseThrow();
    assertThat(start.picture().file()).isEqualTo("red.png");
    assertThat(start.picture().sha256()).isEqualTo(Source.of(RED).sha256());
    assertThat(start.strength()).isEqualTo(0.5);
    assertThat(SourceMark.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA.isIn(drawn.texts())).isTrue();
  }

  @Test
  void outside_of_the_mask_every_pixel_stays() {
    Png drawn =
        draw(
            "edit",
            picture.toString(),
            "--mask",
            mask.toString(),
            "--mask-blur",
            "0",
            "--prompt",
            "a cat");

    assertThat(drawn.image().crop(32, 0, 32, 48)).isEqualTo(RED.crop(32, 0, 32, 48));
    assertThat(drawn.image().crop(0, 0, 32, 48)).isNotEqualTo(RED.crop(0, 0, 32, 48));
  }

  @Test
  void an_inverted_mask_keeps_the_other_half() {
    Png drawn =
        draw(
            "edit",
            picture.toString(),
            "--mask",
            mask.toString(),
            "--invert",
            "--mask-blur",
            "0",
            "--content",
            "fill",
            "--prompt",
            "a cat");

    assertThat(drawn.image().crop(0, 0, 32, 48)).isEqualTo(RED.crop(0, 0, 32, 48));
  }

  @Test
  void only_the_mask_of_a_picture_of_any_size_is_drawn() {
    new Png(RED.resize(61, 45, io.songe.image.Resampling.NEAREST)).write(picture);
    new Png(leftHalf().resize(61, 45, io.songe.image.Resampling.NEAREST)).write(mask);

    Png drawn =
        draw(
            "edit",
            picture.toString(),
            "--mask",
            mask.toString(),
            "--only-masked",
            "--padding",
            "8",
            "--size",
            "64",
            "--prompt",
            "a cat");

    assertThat(drawn.image().width()).isEqualTo(61);
    assertThat(drawn.image().height()).isEqualTo(45);
    assertThat(edit(drawn).start().orElseThrow().mask().orElseThrow().padding()).hasValue(8);
  }

  @Test
  void a_photograph_is_read_too() throws IOException {
    Path photo = folder.resolve("photo.jpg");
    ImageIO.write(BufferedImages.toBufferedImage(RED), "jpg", photo.toFile());

    Png drawn = draw("edit", photo.toString(), "--prompt", "a cat");

    assertThat(edit(drawn).start().orElseThrow().picture().file()).isEqualTo("photo.jpg");
  }

  @Test
  void a_variation_is_drawn_from_what_the_picture_was_drawn_from() {
    Path own = folder.resolve("own.png");
    Run.songe(
        "imagine",
        "un chat",
        "--negative",
        "flou",
        "--size",
        "64",
        "--steps",
        "2",
        "--seed",
        "1",
        "--out",
        own.toString());

    Png subtle = draw("vary", own.toString());
    Recipe recipe = Recipe.of(subtle.texts()).orElseThrow();

    assertThat(recipe.prompt().positive()).isEqualTo("un chat");
    assertThat(recipe.prompt().negative()).isEqualTo("flou");
    assertThat(edit(subtle).start().orElseThrow().strength()).isEqualTo(0.5);
  }

  @Test
  void a_picture_that_says_nothing_is_varied_only_with_a_prompt() {
    Run run = Run.songe("vary", picture.toString(), "--strong");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "songe: red.png does not say what it was drawn from; say what to draw with --prompt\n");
    assertThat(edit(draw("vary", picture.toString(), "--strong", "--prompt", "x")).start())
        .hasValueSatisfying(start -> assertThat(start.strength()).isEqualTo(0.85));
  }

  @Test
  void a_picture_goes_on_beyond_its_edges() {
    Png drawn =
        draw(
            "extend",
            picture.toString(),
            "--left",
            "32",
            "--bottom",
            "16",
            "--seam",
            "4",
            "--prompt",
            "a cat");

    assertThat(drawn.image().width()).isEqualTo(96);
    assertThat(drawn.image().height()).isEqualTo(64);
    assertThat(drawn.image().crop(36, 0, 60, 44)).isEqualTo(RED.crop(4, 0, 60, 44));
  }

  @Test
  void a_picture_is_enlarged() {
    Png drawn =
        draw("upscale", picture.toString(), "--by", "1,5", "--method", "bicubic", "--prompt", "x");

    assertThat(drawn.image().width()).isEqualTo(96);
    assertThat(drawn.image().height()).isEqualTo(72);
  }

  @Test
  void imagine_tiles_varies_and_draws_twice() {
    Png drawn =
        draw(
            "imagine",
            "x",
            "--size",
            "64",
            "--tile",
            "xy",
            "--variation",
            "9",
            "--variation-strength",
            "0.3",
            "--hires",
            "1.5",
            "--hires-method",
            "lanczos",
            "--hires-steps",
            "2",
            "--hires-strength",
            "0.5");

    assertThat(drawn.image().width()).isEqualTo(96);
    EditRecipe edit = edit(drawn);
    assertThat(edit.tiling()).isEqualTo("xy");
    assertThat(edit.variation().orElseThrow().seed()).isEqualTo(9);
    assertThat(edit.secondPass().orElseThrow().upscaler()).isEqualTo("lanczos");
    assertThat(SourceMark.TRAINED_ALGORITHMIC_MEDIA.isIn(drawn.texts())).isTrue();
    assertThat(again().out()).startsWith("identical");
  }

  /** Beside its own copy a picture changes no more from row to row than it does inside. */
  @Test
  void a_tiled_pictures_opposite_edges_fit() {
    Image tile = ground("--tile", "y");
    Image plain = ground("--tile", "x");

    assertThat(step(tile, 127, 0)).isLessThanOrEqualTo(greatestStepInside(tile));
    assertThat(step(plain, 127, 0)).isGreaterThan(1.5 * greatestStepInside(plain));
  }

  private Image ground(String... more) {
    Path out = folder.resolve("ground-" + String.join("", more) + ".png");
    List<String> all =
        new ArrayList<>(
            List.of(
                "imagine",
                "a sunflower on a yellow background, noto style",
                "--size",
                "128",
                "--steps",
                "6",
                "--seed",
                "3",
                "--background",
                "white",
                "--precision",
                "fp32",
                "--out",
                out.toString()));
    all.addAll(List.of(more));
    assertThat(Run.songe(all.toArray(String[]::new)).code()).isZero();
    return read(out).image();
  }

  private static double greatestStepInside(Image image) {
    double greatest = 0;
    for (int y = 1; y < image.height(); y++) {
      greatest = Math.max(greatest, step(image, y - 1, y));
    }
    return greatest;
  }

  /** The mean difference of two rows' levels. */
  private static double step(Image image, int one, int other) {
    double sum = 0;
    for (int x = 0; x < image.width(); x++) {
      Colour a = image.at(x, one);
      Colour b = image.at(x, other);
      sum +=
          Math.abs(a.red() - b.red())
              + Math.abs(a.green() - b.green())
              + Math.abs(a.blue() - b.blue());
    }
    return sum / (3 * image.width());
  }

  @Test
  void an_edited_picture_is_made_again_from_the_pictures_beside_it() {
    draw("edit", picture.toString(), "--mask", mask.toString(), "--prompt", "a cat");

    assertThat(again().out()).isEqualTo("identical: all 3,072 pixels are the same\n");
  }

  @Test
  void a_start_picture_that_is_elsewhere_is_asked_for() throws IOException {
    draw("edit", picture.toString(), "--prompt", "a cat");
    Path moved = Files.createDirectory(folder.resolve("elsewhere")).resolve("other name.png");
    Files.move(picture, moved);

    Run missing = again();
    Run given = again("--from", moved.toString());

    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err())
        .isEqualTo(
            "songe: "
                + folder.resolve("out.png")
                + " was drawn from another picture, red.png, which is not beside it; put it there,"
                + " or give it with --from\n");
    assertThat(given.out()).startsWith("identical");
  }

  @Test
  void a_start_picture_that_is_not_needed_is_refused() {
    draw("imagine", "x", "--size", "64");

    Run run = again("--from", picture.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).endsWith("was not drawn from such a picture; leave --from out\n");
  }

  @Test
  void another_start_picture_is_refused_by_its_fingerprint() {
    draw("edit", picture.toString(), "--prompt", "a cat");
    new Png(Image.filled(64, 48, Colour.opaque(220, 30, 21))).write(picture);

    Run run = again();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("songe: " + picture + " is not the picture it was drawn from: its pixels have")
        .contains(Source.of(RED).sha256())
        .endsWith("give the right one with --from\n");
  }

  @Test
  void info_tells_what_a_picture_was_drawn_from() {
    draw("edit", picture.toString(), "--mask", mask.toString(), "--prompt", "a cat");

    Run run = new Run.Setting().in(Locale.FRENCH).run("info", folder.resolve("out.png").toString());

    assertThat(run.out())
        .contains("dessinée d'après : red.png " + Source.of(RED).sha256())
        .contains("force du débruitage : 0,75")
        .contains("masque : mask.png " + Source.of(leftHalf()).sha256());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "edit RED --prompt x --strength 0 | the denoising strength must be above 0 and at most 1, got 0.0",
        "edit RED --prompt x --strength 1.2 | the denoising strength must be above 0 and at most 1, got 1.2",
        "edit RED --prompt x --strength much | --strength takes a number, got \"much\"",
        "edit RED --prompt x --mask-reads red --mask MASK | --mask-reads can be bright or transparent, not \"red\"",
        "edit RED --prompt x --mask MASK --content holes | unknown masked content \"holes\"",
        "edit RED --prompt x --mask MASK --mask-blur 99 | the blur of a mask must be from 0 to 64 pixels, got 99",
        "edit RED --prompt x --mask SMALL | a mask has the size of its picture: the picture is 64x48, the mask 25x16",
        "edit RED --prompt x --mask MASK --mask-reads transparent | the mask leaves nothing to draw",
        "edit RED --prompt x --fit tight | --fit can be crop, stretch or fill, not \"tight\"",
        "edit SMALL --prompt x | width and height must be positive multiples of 8, got 25x16; try 24x16",
        "extend RED --prompt x | a picture is extended on at least one side, got 0 pixels on all",
        "extend RED --prompt x --left 5 | width and height must be positive multiples of 8, got 69x48; try 72x48",
        "extend RED --prompt x --left -8 | a picture is extended by 0 pixels or more, got -8 left",
        "upscale RED --prompt x --by 0.5 | --by goes from 1 to 8, got 0.5; 2 is usual",
        "upscale RED --prompt x --by 1.1 | width and height must be positive multiples of 8, got 70x53; try 72x56",
        "upscale RED --prompt x --method esrgan | unknown way to enlarge \"esrgan\"",
        "upscale SMALL --prompt x --method latent | to enlarge latents, the picture's sides must be multiples of 8",
        "edit RED --prompt x --invert | --invert says something only together with --mask",
        "edit RED --prompt x --mask-blur 4 | --mask-blur says something only together with --mask",
        "edit RED --prompt x --content fill | --content says something only together with --mask",
        "edit RED --prompt x --only-masked | --only-masked says something only together with --mask",
        "edit RED --prompt x --mask-reads bright | --mask-reads says something only together with --mask",
        "edit RED --prompt x --mask MASK --padding 4 | --padding says something only together with --only-masked",
        "imagine x --hires-steps 4 | --hires-steps says something only together with --hires",
        "imagine x --hires-method latent | --hires-method says something only together with --hires",
        "imagine x --hires-strength 1 | --hires-strength says something only together with --hires",
        "imagine x --variation-strength 1 | --variation-strength says something only together with --variation",
        "vary RED --subtle --strong | a variation is subtle or strong, not both",
        "imagine x --tile z | --tile can be x, y or xy, not \"z\"",
        "imagine x --hires 9 | --hires goes from 1 to 8, got 9.0; 2 is usual",
        "imagine x --variation 2 --variation-strength 2 | the strength of a variation must be from 0 to 1, got 2.0"
      })
  void what_cannot_be_is_refused_in_one_sentence(String command, String sentence) {
    Path small = folder.resolve("small.png");
    new Png(Image.filled(25, 16, Colour.WHITE)).write(small);
    String[] arguments = command.split(" ", -1);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          switch (arguments[i]) {
            case "RED" -> picture.toString();
            case "MASK" -> mask.toString();
            case "SMALL" -> small.toString();
            default -> arguments[i];
          };
    }

    Run run = Run.songe(arguments);

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).startsWith("songe: " + sentence).hasLineCount(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void a_file_that_is_no_picture_is_a_broken_file() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "no picture");

    Run run = Run.songe("edit", text.toString(), "--prompt", "x");

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo("songe: " + text + " is no picture that can be read; give a PNG or JPEG file\n");
  }
}
