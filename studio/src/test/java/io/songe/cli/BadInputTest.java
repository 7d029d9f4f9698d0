package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is asked wrongly gets one sentence and a code of its own, and leaves no file. */
class BadInputTest {
  @TempDir private Path out;

  /** What a refused drawing printed; that it is refused in the right way is checked here. */
  private String refused(int code, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("imagine"));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--out")) {
      arguments.addAll(List.of("--out", out.toString()));
    }
    Run run = Run.songe(arguments.toArray(String[]::new));

    assertThat(run.code()).as(run.err()).isEqualTo(code);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("songe: ").hasLineCount(1);
    assertThat(out.toFile().list()).isEmpty();
    return run.err().strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
  void an_empty_phrase(String phrase) throws IOException {
    assertThat(refused(2, phrase))
        .isEqualTo(
            "songe: say what to draw, such as: songe imagine \"a ginger cat asleep, 3d style\"");
  }

  @Test
  void a_phrase_that_is_too_long() throws IOException {
    assertThat(refused(2, "a".repeat(10_001)))
        .isEqualTo("songe: the prompt has 10001 characters, and 10000 are the most; shorten it");
  }

  @Test
  void half_a_character() throws IOException {
    assertThat(refused(2, "un \uD83D chat")).contains("U+D83D, half a surrogate pair");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--size 100x64 | width and height must be positive multiples of 8, got 100x64; try 104x64",
        "--size 0 | width and height must be positive multiples of 8, got 0x0; try 8x8",
        "--size 8192 | a picture has at most 16777216 pixels, got 8192x8192; take a smaller size",
        "--size big | --size is a number of pixels or WIDTHxHEIGHT, such as 256 or 320x256; got"
            + " \"big\"",
        "--steps 0 | the number of steps must be from 1 to 1000, got 0",
        "--steps -5 | the number of steps must be from 1 to 1000, got -5",
        "--steps 1001 | the number of steps must be from 1 to 1000, got 1001",
        "--count 0 | the number of pictures must be from 1 to 1000, got 0",
        "--guidance NaN | the guidance scale must be a finite number, got NaN; 7 is usual",
        "--guidance Infinity"
            + " | the guidance scale must be a finite number, got Infinity; 7 is usual",
        "--guidance 1e400"
            + " | the guidance scale must be a finite number, got Infinity; 7 is usual",
        "--guidance 1e30 | --guidance goes from -100 to 100, got 1e30; 4 to 8 is usual",
        "--guidance-rescale 1.5 | the guidance rescale must be from 0 to 1, got 1.5; 0 is usual",
        "--guidance much | --guidance takes a number, got \"much\"",
        "--seed -1 | --seed goes from 0 to 9223372036854775806, got -1; leave it out for a random"
            + " one",
        "--style falt | unknown style \"falt\"; did you mean flat? Known are 3d, noto, blob, flat,"
            + " classic, fx, twemoji, cartoon",
        "--style oil | unknown style \"oil\"; known are 3d, noto, blob, flat, classic, fx, twemoji,"
            + " cartoon",
        "--model songe-mni | \"songe-mni\" is neither a model's name nor a folder or"
            + " file; did you mean"
            + " songe-mini? Known are songe-mini",
        "--precision fp8 | unknown precision \"fp8\"; known are auto, fp32, bf16",
        "--syntax comfy | unknown prompt syntax \"comfy\"; known are literal, a1111, plain",
        "--clip-skip 0 | the clip skip must be from 1, which skips nothing, to 100, got 0",
        "--clip-skip 5 | clip skip 5 is more than this text encoder's 4 layers; use 1 to 4",
        "<hypernet:ink:0.8> | the prompt asks for <hypernet:ink:0.8>, and of such tags only those of"
            + " LoRAs are known, as <lora:name:0.8>; leave it out",
        "--threads 0 | --threads goes from 1 to 64, got 0",
        "--preview=ascii | --preview needs a terminal to draw in, and standard error is none"
      })
  void an_option_that_cannot_be(String option, String sentence) throws IOException {
    List<String> options = new ArrayList<>(List.of("a cat"));
    options.addAll(Arrays.asList(option.split(" ", -1)));

    assertThat(refused(2, options.toArray(String[]::new))).isEqualTo("songe: " + sentence);
  }

  @Test
  void a_sampler_that_is_not_there() throws IOException {
    assertThat(refused(2, "cat", "--sampler", "oiler"))
        .startsWith("songe: unknown sampler \"oiler\"; did you mean Euler? Known are Euler, ");
  }

  @Test
  void a_schedule_that_is_not_there() throws IOException {
    assertThat(refused(2, "cat", "--schedule", "caras"))
        .startsWith("songe: unknown sigma schedule \"caras\"; did you mean Karras? Known are ");
  }

  @Test
  void a_colour_that_is_none() throws IOException {
    assertThat(refused(2, "cat", "--background", "bluu"))
        .startsWith("songe: \"bluu\" is not a known colour; write #rrggbb");
  }

  @Test
  void a_sheet_that_no_viewer_would_open() throws IOException {
    assertThat(refused(2, "cat", "--grid", "--count", "1000", "--size", "512"))
        .isEqualTo(
            "songe: a sheet of 1,000 pictures of 512x512 is too large, more than 32,000,000"
                + " pixels; ask for fewer or leave out --grid");
  }

  @Test
  void a_folder_to_write_to_that_is_not_there() throws IOException {
    Path nowhere = out.resolve("no such folder");

    assertThat(refused(2, "cat", "--out", nowhere.resolve("cat.png").toString()))
        .isEqualTo("songe: there is no folder " + nowhere + "; create it first");
    assertThat(refused(2, "cat", "--out", nowhere + "/"))
        .isEqualTo("songe: there is no folder " + nowhere + "; create it first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat.jpg", "cat", ".png"})
  void a_name_to_write_to_that_is_no_pictures(String name) throws IOException {
    assertThat(refused(2, "cat", "--out", out.resolve(name).toString()))
        .isEqualTo(
            "songe: --out is a folder that is there or a name that ends in .png; got \""
                + out.resolve(name)
                + "\"");
  }

  @Test
  void a_name_to_write_to_that_is_too_long() throws IOException {
    String name = "é".repeat(120) + ".png";

    assertThat(refused(2, "cat", "--out", out.resolve(name).toString()))
        .isEqualTo("songe: a picture's name has at most 240 bytes, shorten " + name);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_folder_in_which_nothing_can_be_written() throws IOException {
    assertThat(refused(4, "cat", "--out", "/proc"))
        .startsWith("songe: cannot write in /proc (")
        .endsWith("); choose another folder with --out");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_folder_in_which_writing_is_not_permitted() throws IOException {
    Path locked = Files.createDirectory(out.resolve("locked"));
    assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked), "not as root");

    Run run = Run.songe("imagine", "cat", "--out", locked.toString());

    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err())
        .isEqualTo(
            "songe: writing in "
                + locked
                + " is not permitted; choose another folder with --out\n");
  }

  @Test
  void a_file_that_is_no_model() throws IOException {
    Path file = Files.createTempFile("model", ".ckpt");

    assertThat(refused(3, "cat", "--model", file.toString()))
        .endsWith(".ckpt: is empty; download it again");
    Files.delete(file);
  }
}
