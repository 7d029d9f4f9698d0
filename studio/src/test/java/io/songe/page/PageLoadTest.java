package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** How much the page weighs, how soon it can be used, and whether it stands still. */
@ExtendWith(WithBrowser.class)
class PageLoadTest {
  private static final double MOST_BYTES = 300_000;

  private PageStudio studio;

  @BeforeEach
  void open(@TempDir Path folder, Browser browser) {
    studio = PageStudio.start(folder);
    browser.size(1280, 1000);
    browser.prefer(Locale.FRENCH, false);
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void the_first_visit_is_light_and_asks_nobody_else(Browser browser) {
    browser.open(studio.at("imagine"));
    browser.await("styles", () -> browser.all(".style-row img").size() == 8);

    browser.run(ImagineTest.SHIFTS);
    Map<?, ?> load = (Map<?, ?>) browser.run(LOAD);

    System.getLogger(PageLoadTest.class.getName()).log(System.Logger.Level.INFO, load);
    assertThat(number(load, "bytes")).isBetween(50_000.0, MOST_BYTES);
    assertThat((List<?>) load.get("elsewhere")).isEmpty();
    assertThat(number(load, "shifted")).isLessThan(0.02);
  }

  @Test
  void the_first_preview_comes_soon_after_the_phrase(Browser browser) {
    studio.order("warm", 1);
    studio.rest();
    browser.open(studio.at("imagine"));
    browser.run(
        """
        window.firstPreview = null;
        addEventListener("keydown", () => (window.began ??= performance.now()));
        new MutationObserver(() => {
          if (window.firstPreview === null && window.began && document.querySelector("canvas.preview.shown")) {
            window.firstPreview = performance.now() - window.began;
          }
        }).observe(document.body, { subtree: true, attributes: true, childList: true });
        document.querySelector("#phrase").value = "un renard bleu";
        document.querySelector("#phrase").dispatchEvent(new Event("input"));
        document.querySelector("#phrase").focus();
        """);

    browser.press(Keys.ENTER);

    browser.await(
        "a preview", () -> browser.run("return window.firstPreview !== null").equals(true));
    Object after = browser.run("return Math.round(window.firstPreview)");
    System.getLogger(PageLoadTest.class.getName())
        .log(System.Logger.Level.INFO, "first preview after " + after + " ms");
    assertThat(((Number) after).intValue()).isLessThan(10_000);
  }

  private static double number(Map<?, ?> load, String name) {
    return ((Number) Objects.requireNonNull(load.get(name))).doubleValue();
  }

  /**
   * What the first visit took: bytes as they were sent, when the box could be written in, shifts.
   */
  private static final String LOAD =
      """
      const files = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
            return {
        bytes: files.filter(({ name }) => !name.includes("/api/")).reduce((sum, file) => sum + file.transferSize, 0),
        requests: files.length,
        elsewhere: files.map(({ name }) => name).filter((name) => !name.startsWith(location.origin)),
        usable: Math.round(performance.getEntriesByName("songe-usable")[0]?.startTime ?? -1),
        shifted: window.shifted,
      };
      """;
}
