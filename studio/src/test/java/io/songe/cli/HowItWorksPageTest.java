package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/how-it-works.md} to what the command line understands and to the pictures that
 * are there. {@code docs/how-it-works/draw} makes these anew.
 */
class HowItWorksPageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PICTURE = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)");
  private static final Pattern LINK = Pattern.compile("[^!]\\[[^]]+]\\(([^)h#][^)]*)\\)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final String SONGE = "./songe ";
  private static final String EXPLAIN = "./songe explain ";

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("how-it-works.md"));
  }

  private static List<String> matches(Pattern pattern) throws IOException {
    return pattern.matcher(page()).results().map(match -> match.group(1)).toList();
  }

  /** The commands, one a line, in the order of the page. */
  private static List<String> commands() throws IOException {
    return matches(SHELL_BLOCK).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(SONGE))
        .toList();
  }

  private static String[] words(String command) {
    return WORD.matcher(command.substring(SONGE.length()))
        .results()
        .map(HowItWorksPageTest::unquoted)
        .toArray(String[]::new);
  }

  private static String unquoted(MatchResult word) {
    return word.group(1) == null ? word.group(2) : word.group(1);
  }

  @Test
  void every_command_is_understood() throws IOException {
    assertThat(commands()).hasSizeGreaterThanOrEqualTo(6);
    for (String command : commands()) {
      assertThatCode(
              () -> Main.commandLine(new Run.Setting().surroundings()).parseArgs(words(command)))
          .as(command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void every_picture_is_made_by_the_command_before_it() throws IOException {
    List<String> made = new ArrayList<>();
    for (String command : commands().stream().filter(c -> c.startsWith(EXPLAIN)).toList()) {
      List<String> words = List.of(words(command));
      made.add(words.get(words.indexOf("--out") + 1));
    }

    assertThat(matches(PICTURE).stream().map(picture -> "docs/" + picture))
        .containsExactlyElementsOf(made);
  }

  @Test
  void every_picture_is_there_and_none_is_left_over() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("how-it-works"))) {
      assertThat(
              files.map(file -> "how-it-works/" + file.getFileName()).filter(f -> f.endsWith("g")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(
                      matches(PICTURE).stream(),
                      Stream.of("how-it-works/drawing.png", "how-it-works/drawing.svg"))
                  .toList());
    }
  }

  @Test
  void every_page_that_it_links_to_is_there() throws IOException {
    assertThat(matches(LINK))
        .hasSizeGreaterThan(2)
        .allSatisfy(link -> assertThat(DOCS.resolve(link)).exists());
  }
}
