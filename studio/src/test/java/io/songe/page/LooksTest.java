package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every screen in both themes and both languages: photographed as a phone, a desk and a wall show
 * it (target/screenshots), and looked through by axe for what would keep somebody out.
 */
@ExtendWith(WithBrowser.class)
class LooksTest {
  private static final List<String> SCREENS =
      List.of("imagine", "explore", "edit", "gallery", "queue", "models", "learn");
  private static final Map<String, int[]> WINDOWS =
      Map.of(
          "390",
          new int[] {390, 844},
          "1280",
          new int[] {1280, 1000},
          "1920",
          new int[] {1920, 1080});

  private static PageStudio studio;

  @BeforeAll
  static void open(@TempDir Path folder) {
    studio = PageStudio.start(folder);
    for (String phrase :
        List.of("a purple octopus", "une fusée sur fond bleu", "three red mushrooms")) {
      studio.post(
          "/api/jobs",
          """
          {"phrase": "%s", "count": 4, "width": 96, "height": 96, "steps": 3}
          """
              .formatted(phrase));
    }
    studio.rest();
    studio.post("/api/queue/pause", "{}");
    studio.order("un dragon et un château", 4);
    studio.order("a yellow butterfly", 2);
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  static Stream<Arguments> looks() {
    return SCREENS.stream()
        .flatMap(screen ->
            Stream.of(Locale.ENGLISH, Locale.FRENCH)
                .flatMap(language ->
                    Stream.of(false, true).map(dark -> Arguments.of(screen, language, dark))));
  }

  @ParameterizedTest
  @MethodSource("looks")
  void nobody_is_kept_out_and_nothing_stands_over_the_edge(
      String screen, Locale language, boolean dark, Browser browser) {
    browser.prefer(language, dark);
    browser.size(1280, 1000);
    browser.open(studio.at(screen));
    browser.await("its content", () -> settled(browser));

    if (language.equals(Locale.ENGLISH)) {
      assertThat(browser.barriers())
          .isEmpty(); // the other language has the same structure and colours
    }
    WINDOWS.forEach((name, size) -> {
      browser.size(size[0], size[1]);
      assertThat(browser.run("return document.documentElement.scrollWidth - innerWidth"))
          .as("wider than %s pixels by", name)
          .isEqualTo(0L);
      browser.photograph("%s-%s-%s-%s".formatted(screen, language, dark ? "dark" : "light", name));
    });
    browser.expectNoComplaints();
  }

  @ParameterizedTest
  @MethodSource("sheets")
  void nobody_is_kept_out_of_what_opens(String name, String opener, boolean dark, Browser browser) {
    browser.prefer(Locale.FRENCH, dark);
    browser.size(1280, 1000);
    browser.open(studio.at("imagine"), Map.of("songe.phrase", "\"un renard bleu\""));
    browser.await("its content", () -> settled(browser));

    browser.click(opener);
    browser.find(".sheet .sheet-body");

    assertThat(browser.barriers()).isEmpty();
    browser.photograph("%s-fr-%s-1280".formatted(name, dark ? "dark" : "light"));
    browser.size(390, 844);
    browser.photograph("%s-fr-%s-390".formatted(name, dark ? "dark" : "light"));
  }

  static Stream<Arguments> sheets() {
    return Stream.of(
        Arguments.of("settings", ".ask-row .pill:nth-child(1)", false),
        Arguments.of("settings", ".ask-row .pill:nth-child(1)", true),
        Arguments.of("start", ".ask-row .pill:nth-child(2)", true),
        Arguments.of("made", ".tile-face", false),
        Arguments.of("made", ".tile-face", true));
  }

  /** Whether all pictures that the window shows have come. */
  private static boolean settled(Browser browser) {
    return Boolean.TRUE.equals(
        browser.run(
            """
            return !!document.querySelector(".tile-face, .job, .model, .wall-face, .star, .drop, .chapter")
              && [...document.images].every((image) => image.complete || image.loading === "lazy");
            """));
  }
}
