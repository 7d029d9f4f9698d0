package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What holds on every screen: language, theme, finding a studio again. */
@ExtendWith(WithBrowser.class)
class ShellTest {
  @TempDir Path folder;

  private PageStudio studio;

  @BeforeEach
  void open(Browser browser) {
    studio = PageStudio.start(folder, 0, 0);
    browser.size(1280, 900);
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void the_browser_chooses_language_and_theme_until_somebody_else_does(Browser browser) {
    browser.prefer(Locale.FRENCH, true);
    browser.open(studio.at("queue"));
    assertThat(browser.find("h1").getText()).isEqualTo("File");
    assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("dark");

    browser.click(".switch:nth-child(1)");
    browser.click(".switch:nth-child(2)");
    browser.await("English", () -> browser.texts("h1").equals(List.of("Queue")));
    browser.open(studio.at("queue"));

    assertThat(browser.find("h1").getText()).isEqualTo("Queue");
    assertThat(browser.run("return document.documentElement.dataset.theme")).isEqualTo("light");
  }

  @Test
  void both_languages_say_the_same_things(Browser browser) {
    browser.prefer(Locale.ENGLISH, false);
    browser.open(studio.at("queue"));

    Object differences =
        browser.runLater(
            """
            const done = arguments[arguments.length - 1];
            const keys = (from, path = "") => Object.entries(from).flatMap(([name, value]) =>
              value && typeof value === "object" && !Array.isArray(value)
                ? keys(value, `${path}${name}.`)
                : [`${path}${name} ${Array.isArray(value) ? `of ${value.length}` : typeof value === "function" ? `takes ${value.length}` : "text"}`]);
            Promise.all([import("/messages/en.js"), import("/messages/fr.js")]).then(([en, fr]) => {
              const [here, there] = [keys(en.default), keys(fr.default)];
              done([...here.filter((key) => !there.includes(key)).map((key) => `only in en: ${key}`),
                ...there.filter((key) => !here.includes(key)).map((key) => `only in fr: ${key}`)]);
            });
            """);

    assertThat((List<?>) differences).isEmpty();
  }

  @Test
  void a_studio_that_went_away_is_found_again_and_the_phrase_is_still_there(Browser browser) {
    browser.prefer(Locale.ENGLISH, false);
    browser.open(studio.at("imagine"), Map.of("songe.phrase", "\"a red boat\""));
    int port = studio.port();

    studio.close();
    browser.find(".gone");
    browser.click(".go");
    assertThat(browser.find(".refusal p").getText()).contains("Your phrase stays here");
    studio = PageStudio.start(folder, port, 0);

    browser.await("found again", () -> browser.all(".gone").isEmpty());
    browser.click(".refusal .pill");
    browser.await("taken", () -> browser.texts(".set h2").equals(List.of("a red boat")));
  }

  @Test
  void the_keyboard_reaches_the_content_first_and_sees_where_it_is(Browser browser) {
    browser.prefer(Locale.ENGLISH, false);
    browser.open(studio.at("models"));

    browser.press(Keys.TAB);

    assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip pill");
    assertThat(browser.run("return getComputedStyle(document.activeElement).outlineWidth"))
        .isEqualTo("2px");
    browser.press(Keys.ENTER);
    assertThat(browser.run("return document.activeElement.id")).isEqualTo("stage");
  }
}
