package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the page's files without a browser. */
class PageSourcesTest {
  private static final Path PAGE = Path.of("src/main/resources/io/songe/page");

  /** The name of the product is the same in every language. */
  private static final Pattern WORDS = Pattern.compile(">[^<>]*?(?!Songe)\\p{L}{2,}[^<>]*<");

  private static final Pattern SAID_ATTRIBUTE =
      Pattern.compile("(aria-label|title|placeholder|alt|label)=\"(?!Songe\")[^\"]*\\p{L}[^\"]*\"");
  private static final Pattern STYLE_ATTRIBUTE = Pattern.compile("\\sstyle=");
  private static final Pattern INLINE =
      Pattern.compile("\\son[a-z]+=|<script(?![^>]*\\ssrc=)|<style");
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "(?:src|href|import|from|url|fetch)[\\s(=]*[\"'`(]?(?:https?:)?//[^\"'`)\\s]+");

  @Test
  void no_text_stands_in_a_template() {
    assertThat(found(template -> matches(WORDS, template))).isEmpty();
    assertThat(found(template -> matches(SAID_ATTRIBUTE, template))).isEmpty();
  }

  @Test
  void no_template_has_what_the_security_policy_forbids() {
    assertThat(found(template -> matches(STYLE_ATTRIBUTE, template))).isEmpty();
    assertThat(found(template -> matches(INLINE, template))).isEmpty();
    assertThat(matches(INLINE, read(PAGE.resolve("index.html")))).isEmpty();
    assertThat(matches(STYLE_ATTRIBUTE, read(PAGE.resolve("index.html")))).isEmpty();
  }

  @Test
  void no_file_of_the_page_is_fetched_from_elsewhere() {
    assertThat(
            files(".js", ".css", ".html", ".svg")
                .flatMap(file -> matches(ELSEWHERE, read(file)).stream())
                .toList())
        .isEmpty();
  }

  @Test
  void words_in_a_template_are_found() {
    assertThat(matches(WORDS, templates("html`<p>${x} spoken</p>`").getFirst())).hasSize(1);
    assertThat(matches(WORDS, templates("html`<p>${y ? html`<b>no</b>` : \"\"}</p>`").getFirst()))
        .isEmpty();
    assertThat(templates("html`<p>${y ? html`<b>no</b>` : \"\"}</p>`")).hasSize(2);
  }

  private static List<String> found(Function<String, List<String>> search) {
    return files(".js")
        .filter(file -> !file.toString().contains("vendor"))
        .flatMap(file ->
            templates(read(file)).stream()
                .flatMap(template -> search.apply(template).stream())
                .map(each -> PAGE.relativize(file) + ": " + each.strip()))
        .toList();
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  /**
   * {@return the literal parts of all templates, also those inside others, without what is
   * computed}
   */
  private static List<String> templates(String source) {
    List<String> templates = new ArrayList<>();
    int at = source.indexOf("html`");
    while (at >= 0) {
      StringBuilder literal = new StringBuilder();
      int end = template(source, at + "html`".length(), literal, templates);
      templates.addFirst(literal.toString());
      at = source.indexOf("html`", end);
    }
    return templates;
  }

  /** Reads a template up to its end; {@return where that is} */
  private static int template(
      String source, int start, StringBuilder literal, List<String> templates) {
    int at = start;
    while (at < source.length() && source.charAt(at) != '`') {
      if (source.startsWith("${", at)) {
        at = computed(source, at + 2, templates);
      } else {
        literal.append(source.charAt(at));
        at++;
      }
    }
    return at + 1;
  }

  /** Reads what is computed inside a template up to its brace; {@return where it goes on} */
  private static int computed(String source, int start, List<String> templates) {
    int depth = 1;
    int at = start;
    while (at < source.length() && depth > 0) {
      if (source.charAt(at) == '`') {
        StringBuilder inner = new StringBuilder();
        boolean shown = source.startsWith("html", at - 4);
        at = template(source, at + 1, inner, templates);
        if (shown) {
          templates.add(inner.toString());
        }
        continue;
      }
      depth += source.charAt(at) == '{' ? 1 : source.charAt(at) == '}' ? -1 : 0;
      at++;
    }
    return at;
  }

  private static Stream<Path> files(String... endings) {
    try (Stream<Path> all = Files.walk(PAGE)) {
      return all
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .toList()
          .stream();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
