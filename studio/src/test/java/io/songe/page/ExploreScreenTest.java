package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Walking around a picture, travelling from one to another, and comparing settings. */
@ExtendWith(WithBrowser.class)
class ExploreScreenTest {
  private static PageStudio studio;

  @BeforeAll
  static void open(@TempDir Path folder) {
    studio = PageStudio.start(folder);
    studio.order("a green frog", 1);
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
  }

  @Test
  void a_click_on_a_neighbour_goes_there_and_the_path_leads_back(Browser browser) {
    browser.open(studio.at("explore"));
    browser.await("a ring", () -> browser.all(".star:not(.middle) .draft.done").size() == 8);
    browser.click(".star[data-at='2']");
    browser.await("another place", () -> browser.all(".trail-place").size() == 2);
    browser.await("another ring", () -> browser.all(".star:not(.middle) .draft.done").size() == 8);

    browser.click(".star[data-at='5']");
    browser.await("a third place", () -> browser.all(".trail-place").size() == 3);
    browser.await("a third ring", () -> browser.all(".star:not(.middle) .draft.done").size() == 8);
    browser.click(".trail li:first-child button");

    browser.await(
        "the first again",
        () ->
            "step"
                .equals(
                    browser.find(".trail li:first-child button").getDomAttribute("aria-current")));
    assertThat(studio.get("/api/pictures").get("total").asInt())
        .as("only what was wanted is kept")
        .isEqualTo(1);
    browser.expectNoComplaints();
  }

  @Test
  void a_travel_between_two_phrases_can_be_watched_and_saved(Browser browser) {
    browser.open(studio.at("explore"), Map.of("songe.explore", "\"travel\""));
    browser.await("a form", () -> !browser.all(".card form .go").isEmpty());
    browser.click(".card form .go");

    browser.await("all frames", () -> !browser.all(".reel .pill:not(:disabled)").isEmpty());
    String id =
        String.valueOf(browser.run("return JSON.parse(localStorage.getItem('songe.travel')).job"));
    assertThat(studio.get("/api/jobs/" + id).get("frames").asInt()).isEqualTo(16);
    assertThat(browser.find(".screening img").getDomAttribute("src")).contains("/frames/");
    browser.expectNoComplaints();
  }

  @Test
  void settings_are_compared_in_columns_and_rows(Browser browser) {
    browser.open(
        studio.at("explore"),
        Map.of(
            "songe.explore", "\"compare\"",
            "songe.walk",
                "[{\"src\":\"\",\"wish\":{\"phrase\":\"a green frog\",\"width\":64,\"height\":64,\"steps\":2,\"seed\":5}}]",
            "songe.compare",
                "{\"phrase\":\"a frog\",\"x\":\"guidance\",\"xs\":\"1; 4\",\"y\":\"seed\",\"ys\":\"1; 2; 3\",\"z\":\"\",\"zs\":\"\",\"cells\":null,\"sheet\":0}"));

    browser.click(".compare-go .go");

    browser.await("six pictures", () -> browser.all(".compare-table .draft.done").size() == 6);
    assertThat(browser.texts(".compare-table th"))
        .containsExactly("guidance 1", "guidance 4", "seed 1", "seed 2", "seed 3");
    browser.expectNoComplaints();
  }
}
