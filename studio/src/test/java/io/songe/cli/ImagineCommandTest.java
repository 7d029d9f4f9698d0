package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.cli.terminal.PreviewStyle;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Draws with the bundled model: pictures of 64x64 in 2 steps. */
class ImagineCommandTest {
  @TempDir private Path out;

  private Run draw(String... options) {
    return draw(new Run.Setting(), options);
  }

  private Run draw(Run.Setting setting, String... options) {
    List<String> arguments = new ArrayList<>(List.of("imagine"));
    arguments.addAll(List.of(options));
    addDefault(arguments, "--out", out.toString());
    addDefault(arguments, "--size", "64");
    addDefault(arguments, "--steps", "2");
    Run run = setting.run(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static void addDefault(List<String> arguments, String option, String value) {
    if (!arguments.contains(option)) {
      arguments.addAll(List.of(option, value));
    }
  }

  private static Png read(Path file) {
    return Png.read(file, PngLimits.DEFAULT);
  }

  private static Recipe recipe(Path file) {
    return Recipe.of(read(file).texts()).orElseThrow();
  }

  private Recipe recipe(String file) {
    return recipe(out.resolve(file));
  }

  @Test
  void words_become_a_picture_that_is_named_after_them() {
    Run run = draw("un", "chat roux", "qui dort", "--seed", "42");

    Path file = out.resolve("un-chat-roux-qui-dort-42.png");
    assertThat(run.out()).isEqualTo(file + "\n");
    assertThat(run.err().lines()).last().asString().matches("drawn in [0-9]+\\.[0-9] s, seed 42");
    assertThat(read(file).image().width()).isEqualTo(64);
    assertThat(recipe(file).prompt().positive()).isEqualTo("un chat roux qui dort");
  }

  @Test
  void what_is_not_given_is_as_the_models_authors_set_it() {
    Run run = Run.songe("imagine", "cat", "--seed", "1", "--out", out.toString(), "--size", "64");

    assertThat(run.code()).isZero();
    assertThat(recipe("cat-1.png").steps()).isEqualTo(20);
    assertThat(recipe("cat-1.png").guidanceScale()).isEqualTo(4);
    assertThat(recipe("cat-1.png").sampler()).isEqualTo("ddim");
    assertThat(recipe("cat-1.png").schedule()).isEqualTo("model");
    assertThat(run.err().lines())
        .hasSize(4)
        .allMatch(line -> line.matches("drawing +(5|10|15) / 20 .*|drawn in .*"));
  }

  @ParameterizedTest
  @CsvSource({"a red fox, false", "des pandas, false", "a rocket, true", "un château, true"})
  void a_phrase_that_names_nothing_the_model_was_taught_is_drawn_and_told(
      String phrase, boolean told) {
    Run run = draw(phrase, "--seed", "1", "--steps", "1", "--size", "64");

    assertThat(run.err().contains("songe-mini was taught no name that this phrase has"))
        .as(run.err())
        .isEqualTo(told);
  }

  @Test
  void every_option_is_carried_out() {
    draw(
        "a cat",
        "--negative",
        "blurry",
        "--style",
        "NOTO",
        "--seed",
        "7",
        "--steps",
        "3",
        "--guidance",
        "7,5",
        "--guidance-rescale",
        "0,7",
        "--sampler",
        "DPM++ 2M",
        "--size",
        "64x72",
        "--precision",
        "fp32",
        "--syntax",
        "plain",
        "--clip-skip",
        "2",
        "--threads",
        "1");

    Recipe recipe = recipe("a-cat-7.png");
    assertThat(recipe.prompt().positive()).isEqualTo("a cat, noto style");
    assertThat(recipe.prompt().negative()).isEqualTo("blurry");
    assertThat(recipe.seed()).isEqualTo(7);
    assertThat(recipe.steps()).isEqualTo(3);
    assertThat(recipe.guidanceScale()).isEqualTo(7.5);
    assertThat(recipe.guidanceRescale()).isEqualTo(0.7);
    assertThat(recipe.sampler()).isEqualTo("dpmpp_2m");
    assertThat(recipe.schedule()).isEqualTo("karras");
    assertThat(recipe.width()).isEqualTo(64);
    assertThat(recipe.height()).isEqualTo(72);
    assertThat(recipe.precision()).isEqualTo("fp32");
    assertThat(recipe.syntax()).isEqualTo("plain");
    assertThat(recipe.clipSkip()).isEqualTo(2);
  }

  @Test
  void weights_are_understood_unless_the_phrase_is_meant_literally() {
    draw("(blue:1.6) cat", "--seed", "1", "--out", out.resolve("weighted.png").toString());
    draw(
        "(blue:1.6) cat",
        "--seed",
        "1",
        "--syntax",
        "literal",
        "--out",
        out.resolve("literal.png").toString());

    assertThat(recipe("weighted.png").syntax()).isEqualTo("a1111");
    assertThat(recipe("weighted.png").clipSkip()).isEqualTo(1);
    assertThat(recipe("literal.png").syntax()).isEqualTo("literal");
    assertThat(read(out.resolve("weighted.png")).image())
        .isNotEqualTo(read(out.resolve("literal.png")).image());
  }

  @Test
  void other_programs_are_told_the_clip_skip() {
    draw("x", "--seed", "1", "--clip-skip", "2");

    assertThat(read(out.resolve("x-1.png")).texts().get("parameters")).contains("Clip skip: 2");
  }

  @Test
  void a_style_is_asked_for_in_the_language_of_the_phrase() {
    draw("un chat sur fond bleu", "--style", "3d", "--seed", "1");

    assertThat(recipe("un-chat-sur-fond-bleu-1.png").prompt().positive())
        .isEqualTo("un chat sur fond bleu, style 3d");
  }

  @Test
  void a_schedule_alone_keeps_the_models_sampler() {
    draw("x", "--schedule", "trailing", "--seed", "1");

    assertThat(recipe("x-1.png").sampler()).isEqualTo("ddim");
    assertThat(recipe("x-1.png").schedule()).isEqualTo("trailing");
  }

  @Test
  void a_seed_that_was_drawn_by_lot_is_said() {
    Run run = draw("x");

    MatchResult said =
        Pattern.compile("seed ([0-9]+)\n").matcher(run.err()).results().findFirst().orElseThrow();
    assertThat(recipe("x-" + said.group(1) + ".png").seed())
        .isEqualTo(Long.parseLong(said.group(1)))
        .isBetween(0L, 1L << 32);
  }

  @Test
  void the_same_seed_gives_the_same_picture_and_overwrites_nothing() throws IOException {
    draw("x", "--seed", "3");
    draw("x", "--seed", "3");

    assertThat(out.toFile().list()).containsExactlyInAnyOrder("x-3.png", "x-3-2.png");
    assertThat(Files.readAllBytes(out.resolve("x-3-2.png")))
        .isEqualTo(Files.readAllBytes(out.resolve("x-3.png")));
  }

  @Test
  void several_pictures_have_seeds_in_a_row_and_each_can_be_made_alone() throws IOException {
    Run run = draw("x", "--seed", "5", "--count", "2");
    byte[] second = Files.readAllBytes(out.resolve("x-6.png"));
    Files.delete(out.resolve("x-6.png"));
    draw("x", "--seed", "6");

    assertThat(run.lines())
        .containsExactly(out.resolve("x-5.png").toString(), out.resolve("x-6.png").toString());
    assertThat(run.err()).contains("picture 1 of 2 drawn in ", "picture 2 of 2 drawn in ");
    assertThat(Files.readAllBytes(out.resolve("x-6.png"))).isEqualTo(second);
  }

  @Test
  void a_name_of_ones_own_gets_numbers_only_where_it_needs_them() throws IOException {
    Path mine = out.resolve("mine.png");
    draw("x", "--out", mine.toString());
    Files.writeString(mine, "precious");
    draw("x", "--out", mine.toString());
    draw("x", "--out", mine.toString(), "--count", "2");

    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("mine.png", "mine-2.png", "mine-1.png", "mine-2-2.png");
    assertThat(mine).hasContent("precious");
  }

  @Test
  void a_sheet_shows_all_pictures() {
    Run run = draw("x", "--seed", "1", "--count", "3", "--grid");

    Path sheet = out.resolve("x-1-grid.png");
    assertThat(run.lines()).last().isEqualTo(sheet.toString());
    Image image = read(sheet).image();
    assertThat(image.width()).isEqualTo(2 * 64 + 3 * 8);
    assertThat(image.height()).isEqualTo(2 * 64 + 3 * 8);
    Image third = read(out.resolve("x-3.png")).image();
    assertThat(image.crop(8, 8 + 64 + 8, 64, 64)).isEqualTo(third);
  }

  @Test
  void a_picture_keeps_its_transparency_unless_a_background_is_wanted() {
    draw("x", "--seed", "1");
    draw(
        "x",
        "--seed",
        "1",
        "--background",
        "bleu ciel",
        "--out",
        out.resolve("sky.png").toString());

    Image transparent = read(out.resolve("x-1.png")).image();
    Png composite = read(out.resolve("sky.png"));
    assertThat(transparent.hasTransparency()).isTrue();
    assertThat(composite.image()).isEqualTo(transparent.over(Colour.parse("sky blue")));
    assertThat(Recipe.of(composite.texts()).orElseThrow().background()).isEqualTo("#87ceeb");
  }

  @Test
  void json_is_one_line_a_picture_and_nothing_else() {
    Run run = draw("x", "--seed", "9", "--count", "2", "--grid", "--json");

    List<JsonNode> lines = run.lines().stream().map(JsonMapper.shared()::readTree).toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).get("file").stringValue())
        .isEqualTo(out.resolve("x-10.png").toString());
    assertThat(lines.get(1).get("seed").longValue()).isEqualTo(10);
    assertThat(lines.get(1).get("seconds").doubleValue()).isPositive();
    assertThat(lines.get(1).get("prompt").get("positive").stringValue()).isEqualTo("x");
    assertThat(lines.get(2).get("pictures").intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\uD83D\uDC08", "夢を見る猫", "a\u0000b", "<|endoftext|>", "\u202Etac", "x\ny", "100%"})
  void any_letters_can_be_asked_for(String phrase) {
    if (phrase.indexOf('\0') >= 0) {
      assertThat(Run.songe("imagine", phrase).err()).contains("U+0000 at character 1; remove it");
      return;
    }
    Run run = draw(phrase, "--seed", "1");

    assertThat(recipe(Path.of(run.out().strip())).prompt().positive()).isEqualTo(phrase);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${sys:user.home}", "%s %n", "\"quoted\"", "{0}"})
  void a_phrase_is_not_interpreted(String phrase) {
    Run run = draw(phrase, "--seed", "1");

    assertThat(recipe(Path.of(run.out().strip())).prompt().positive()).isEqualTo(phrase);
  }

  @Test
  void a_phrase_is_not_the_name_of_a_file_to_read() throws IOException {
    Path secret = Files.writeString(out.resolve("secret"), "--seed 1 secret");

    Run run = draw("@" + secret, "--seed", "1", "--out", out.resolve("x.png").toString());

    assertThat(run.out()).isEqualTo(out.resolve("x.png") + "\n");
    assertThat(recipe("x.png").prompt().positive()).isEqualTo("@" + secret);
  }

  @Test
  void a_phrase_may_have_ten_thousand_letters() {
    String phrase = "chat ".repeat(2000);
    Run run = draw(phrase, "--seed", "1");

    assertThat(recipe(Path.of(run.out().strip())).prompt().positive()).isEqualTo(phrase);
  }

  @Test
  void speaks_french() {
    Run run = draw(new Run.Setting().in(Locale.FRANCE), "chat", "--seed", "1", "--steps", "4");

    assertThat(run.err())
        .contains("dessin  1 / 4", "pas/s")
        .containsPattern("dessinée en [0-9]+,[0-9] s, graine 1\n");
  }

  @Test
  void on_a_terminal_a_bar_is_drawn_and_taken_away() {
    Run run = draw(new Run.Setting().onTerminal(), "cat", "--seed", "1");

    assertThat(run.err())
        .contains("\ropening songe-mini", "drawing  2 / 2  [██████████████████████████████]")
        .containsPattern("\r\033\\[Kdrawn in [0-9]\\.[0-9] s, seed 1\n$");
  }

  @ParameterizedTest
  @CsvSource({"--preview, KITTY", "--preview=half, HALF", "--preview=sixel, SIXEL"})
  void a_preview_shows_the_picture_as_it_is_written(String option, PreviewStyle style) {
    Run.Setting setting = new Run.Setting().onTerminal(PreviewStyle.HALF, PreviewStyle.KITTY);
    Run run = draw(setting, option, "x", "--seed", "1");

    String begin =
        switch (style) {
          case KITTY -> "\033_Ga=T";
          case SIXEL -> "\033P0;1;0q";
          case HALF -> "▀";
        };
    assertThat(run.err()).contains(begin);
    assertThat(recipe("x-1.png").prompt().positive()).isEqualTo("x");
  }

  @Test
  void a_preview_that_no_terminal_knows_is_refused() {
    Run.Setting setting = new Run.Setting().onTerminal(PreviewStyle.HALF);
    Run run = setting.run("imagine", "x", "--preview=ascii", "--out", out.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("songe: --preview can be half, kitty or sixel, not \"ascii\"\n");
  }

  @Test
  void two_at_once_do_not_disturb_each_other() throws Exception {
    List<Run> runs = new ArrayList<>();
    Thread other =
        new Thread(() -> {
          Run run = draw("other", "--seed", "1");
          synchronized (runs) {
            runs.add(run);
          }
        });
    other.start();
    draw("one", "--seed", "1");
    other.join();

    assertThat(runs).hasSize(1);
    assertThat(out.toFile().list()).containsExactlyInAnyOrder("one-1.png", "other-1.png");
  }
}
