package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The gallery: its search, its facets, its wall. */
@ExtendWith(WithBrowser.class)
class GalleryScreenTest {
  private static PageStudio studio;

  @BeforeAll
  static void open(@TempDir Path folder) {
    studio = PageStudio.start(folder);
    studio.order("three red mushrooms", 3);
    studio.order("une baleine bleue", 4);
    studio.rest();
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  @BeforeEach
  void begin(Browser browser) {
    browser.size(1280, 1000);
    browser.prefer(Locale.ENGLISH, false);
    browser.open(studio.at("gallery"));
    browser.await("the wall", () -> browser.all(".wall-face").size() == 7);
  }

  @Test
  void words_find_pictures_in_either_language(Browser browser) {
    browser.write("#gallery-words", "mushroom");
    browser.await("the mushrooms", () -> browser.all(".wall-face").size() == 3);
    assertThat(browser.find(".gallery-search .meta").getText()).startsWith("3 pictures");

    browser.run("document.querySelector('#gallery-words').value = ''");
    browser.write("#gallery-words", "baleines");
    browser.await("the whales", () -> browser.all(".wall-face").size() == 4);
  }

  @Test
  void what_is_not_there_is_said_with_a_way_out(Browser browser) {
    browser.write("#gallery-words", "zebra");
    browser.await(
        "nothing", () -> browser.texts(".empty h2").equals(List.of("Nothing like it here")));

    browser.click(".empty .go");

    browser.await("everything", () -> browser.all(".wall-face").size() == 7);
  }

  @Test
  void arrows_move_among_the_pictures_and_enter_opens_one(Browser browser) {
    browser.run("document.querySelector('.wall-face').focus()");
    browser.press(Keys.ARROW_RIGHT);
    browser.press(Keys.ARROW_RIGHT);
    browser.await(
        "the third", () -> "2".equals(browser.run("return document.activeElement.dataset.at")));

    browser.press(Keys.ENTER);

    assertThat(browser.find(".made-phrase").getText()).isEqualTo("une baleine bleue");
    browser.await("its kin", () -> browser.all(".kin-near button").size() > 0);
  }

  @Test
  void stars_and_collections_stay(Browser browser) {
    browser.click(".wall-face");
    browser.click(".star-row .option:nth-child(5)");
    browser.write("input[name=collection]", "Summer" + Keys.ENTER);
    browser.await(
        "the collection", () -> browser.texts(".kin-collections li span").contains("Summer"));

    assertThat(studio.get("/api/pictures?stars=4").get("total").asInt()).isEqualTo(1);
    assertThat(studio.get("/api/pictures?collection=Summer").get("total").asInt()).isEqualTo(1);
  }

  @Test
  void a_removed_picture_waits_in_the_trash_and_can_be_taken_back(Browser browser) {
    browser.click(".wall-face");
    browser.find(".made-acts");
    browser.click(".made-acts .act:nth-child(6)");
    browser.click(".menu button:nth-child(4)");
    browser.await("one less", () -> browser.all(".wall-face").size() == 6);
    browser.press(Keys.ESCAPE);
    browser.await("closed", () -> browser.all("dialog").isEmpty());

    browser.click(".gallery-facets .pill:last-child");
    browser.await("the trash", () -> browser.all(".wall-face").size() == 1);
    browser.click(".wall-face");
    browser.await(
        "its way back", () -> browser.texts(".sheet .pill span").contains("Take it back"));
    browser.run(
        "[...document.querySelectorAll('.sheet .pill')].find((one) => one.textContent.includes('Take it back')).click()");

    browser.await("seven again", () -> studio.get("/api/pictures").get("total").asInt() == 7);
  }
}
