package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** The first screen, from a phrase to its pictures. */
@ExtendWith(WithBrowser.class)
class ImagineTest {
  private static PageStudio studio;

  @BeforeAll
  static void open(@TempDir Path folder) {
    studio = PageStudio.start(folder);
    studio.order("a warm beginning", 1);
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

  @ParameterizedTest
  @CsvSource({"en, a red apple, seed", "fr, une pomme rouge, graine"})
  void a_phrase_becomes_four_pictures_that_keep_their_places(
      String language, String phrase, String seed, Browser browser) {
    browser.prefer(Locale.of(language), false);
    browser.open(studio.at("imagine"), quick());
    browser.write("#phrase", phrase);

    browser.press(Keys.ENTER);
    browser.await("four places", () -> browser.texts(".set h2").equals(List.of(phrase)));
    browser.run(SHIFTS, false);
    Object before = browser.run(PLACES);
    browser.await("four pictures", () -> browser.all(".tile.done img").size() == 4);
    assertThat(browser.find(".set h2").getText()).isEqualTo(phrase);
    assertThat(browser.find(".set .meta").getText()).startsWith("3D · 64 × 64 · 2 ");
    assertThat(browser.run(PLACES)).isEqualTo(before);
    assertThat(browser.all(".tile .tag").getFirst().getAttribute("textContent")).startsWith(seed);
    assertThat(browser.run("return document.documentElement.lang")).isEqualTo(language);
    assertThat(((Number) browser.run("return window.shifted")).doubleValue())
        .as("shifts of %s", browser.run("return window.shiftedWhat"))
        .isLessThan(0.02);
    browser.expectNoComplaints();
  }

  @Test
  void a_drawing_is_seen_from_its_first_preview_to_the_end(Browser browser) {
    browser.open(studio.at("imagine"), quick());
    browser.run(BUSY_TILES);

    draw("a yellow duck", browser);

    browser.await("no previews", () -> browser.all(".tile .preview").isEmpty());
    assertThat(browser.run("return [window.wasBusy, window.wentBlank]"))
        .isEqualTo(List.of(true, 0L));
    browser.expectNoComplaints();
  }

  @Test
  void a_phrase_and_its_pictures_are_there_again_when_the_page_was_closed(Browser browser) {
    browser.open(studio.at("imagine"), quick());
    draw("two blue birds", browser);
    browser.write("#phrase", "half a phr");

    browser.open(studio.at("imagine"));

    browser.await("four pictures", () -> browser.all(".tile.done img").size() == 4);
    assertThat(browser.find(".set h2").getText()).isEqualTo("two blue birds");
    assertThat(browser.find("#phrase").getDomProperty("value")).isEqualTo("half a phr");
  }

  @Test
  void a_phrase_that_is_refused_says_why_and_offers_the_way_out(Browser browser) {
    browser.open(studio.at("imagine"), quick());

    browser.write("#phrase", "a boat --ar 0:3" + Keys.ENTER);

    assertThat(browser.find(".refusal p").getText()).contains("--ar needs two whole numbers");
    browser.click(".refusal .pill");
    browser.await("drawn", () -> browser.texts(".set h2").contains("a boat"));
    assertThat(browser.all(".refusal")).isEmpty();
  }

  @Test
  void a_kept_picture_stays_kept_and_a_removed_one_comes_back(Browser browser) {
    browser.open(studio.at("imagine"), quick());
    draw("a green frog", browser);

    browser.run("document.querySelector('.tile-face').focus()");
    browser.click(".acts .act:nth-child(1)");
    browser.find(".kept");
    browser.click(".acts .act:nth-child(6)");
    browser.click(".menu button:nth-child(4)");
    browser.await("removed", () -> browser.all(".set songe-tile").size() == 3);
    browser.click(".toast-act");

    browser.await("back", () -> browser.all(".set songe-tile").size() == 4);
    assertThat(studio.get("/api/pictures?favourite=true").get("total").asInt()).isEqualTo(1);
  }

  @Test
  void a_picture_can_be_varied_without_a_mouse(Browser browser) {
    browser.open(studio.at("imagine"), quick());
    draw("a small bear", browser);

    browser.run("document.querySelector('.tile-face').focus()");
    browser.press(Keys.ARROW_RIGHT);
    browser.press(Keys.TAB);
    browser.press(Keys.TAB);
    browser.press(Keys.ENTER);
    browser.find(".menu");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ENTER);

    browser.await(
        "a second job", () -> phrases().stream().filter("a small bear"::equals).count() == 2);
    studio.rest();
  }

  @Test
  void how_a_picture_was_made_can_be_read_and_done_again(Browser browser) {
    browser.open(studio.at("imagine"), quick());
    draw("a pink rocket", browser);

    browser.click(".tile-face");

    assertThat(browser.find(".made-phrase").getText()).isEqualTo("a pink rocket");
    browser.await("facts", () -> browser.all(".facts dd").size() >= 7);
    assertThat(browser.texts(".facts dd span")).contains("songe-mini", "64 × 64", "2");
    browser.press(Keys.ESCAPE);
    browser.await("closed", () -> browser.all("dialog").isEmpty());
    assertThat(browser.run("return document.activeElement.className")).isEqualTo("tile-face");
  }

  @Test
  void what_the_model_was_not_taught_is_said_beside_what_it_knows(Browser browser) {
    browser.open(studio.at("imagine"), quick());
    draw("a small bear", browser);
    assertThat(browser.all(".set-untaught")).isEmpty();

    draw("a pink rocket", browser);

    assertThat(browser.find(".set-untaught span").getText())
        .isEqualTo(
            "songe-mini was taught no name that this phrase has. Expect something else than it"
                + " says.");
    browser.click(".set-untaught .pill");
    browser.await("names", () -> browser.texts(".known-names .pill").contains("fox"));
    browser.expectNoComplaints();
  }

  @Test
  void a_picture_is_done_again_with_all_that_made_it(Browser browser) {
    JsonNode job =
        studio.post(
            "/api/jobs",
            """
            {"phrase": "a grey goose", "style": "3d", "count": 1, "seed": 4, "width": 64, "height": 64,
             "steps": 2, "guidance": 3, "guidanceRescale": 0.25}
            """);
    studio.rest();
    JsonNode first = pictureOf(job.get("id").asString());
    browser.open(studio.at("imagine"), quick());
    browser.await("its title", () -> browser.texts(".set h2").equals(List.of("a grey goose")));

    browser.click(".tile-face");
    browser.click(".made-row .pill");
    browser.await(
        "a second job", () -> phrases().stream().filter("a grey goose"::equals).count() == 2);
    studio.rest();

    JsonNode again =
        pictureOf(
            studio
                .get("/api/jobs")
                .get("jobs")
                .valueStream()
                .filter(each -> each.get("phrase").asString().equals("a grey goose"))
                .map(each -> each.get("id").asString())
                .filter(id -> !id.equals(job.get("id").asString()))
                .findFirst()
                .orElseThrow());
    assertThat(again.at("/recipe/guidanceRescale").asDouble()).isEqualTo(0.25);
    assertThat(again.get("recipe")).isEqualTo(first.get("recipe"));
  }

  private static JsonNode pictureOf(String job) {
    JsonNode pictures = studio.get("/api/jobs/" + job).get("pictures");
    return studio.get("/api/pictures/" + pictures.get(0).asString());
  }

  @Test
  void a_setting_changes_what_is_drawn(Browser browser) {
    browser.open(studio.at("imagine"), quick());
    browser.write("#phrase", "an orange cat");

    browser.click(".ask-row .pill");
    browser.find(".sheet [data-setting=seed]");
    browser.write("#seed", "77" + Keys.ENTER);
    browser.click(".sheet [data-setting=count] .option:nth-child(2)");
    browser.press(Keys.ESCAPE);
    browser.await("closed", () -> browser.all("dialog").isEmpty());
    browser.click(".go");

    browser.await("two places", () -> browser.all(".set songe-tile").size() == 2);
    JsonNode job =
        studio
            .get("/api/jobs")
            .get("jobs")
            .valueStream()
            .filter(each -> each.get("phrase").asString().equals("an orange cat"))
            .findFirst()
            .orElseThrow();
    assertThat(job.get("seed").asLong()).isEqualTo(77);
    studio.rest();
  }

  @Test
  void an_earlier_phrase_comes_back_with_its_pictures(Browser browser) {
    studio.order("a first thought", 2);
    studio.order("a second thought", 1);
    studio.rest();
    browser.open(studio.at("imagine"), quick());

    recall("a first thought", browser);

    assertThat(browser.all(".set songe-tile")).hasSize(2);
    assertThat(browser.find("#phrase").getDomProperty("value")).isEqualTo("a first thought");
  }

  /** Shows the pictures of an earlier phrase. */
  private static void recall(String phrase, Browser browser) {
    browser.await("rows", () -> browser.texts(".past-phrase").contains(phrase));
    int row = browser.texts(".past-phrase").indexOf(phrase) + 1;
    browser.click(".earlier li:nth-child(" + row + ") .past");
    browser.await("its pictures", () -> browser.texts(".set h2").equals(List.of(phrase)));
  }

  private static void draw(String phrase, Browser browser) {
    browser.write("#phrase", phrase + Keys.ENTER);
    browser.await("its title", () -> browser.texts(".set h2").equals(List.of(phrase)));
    browser.await("four pictures", () -> browser.all(".tile.done img").size() == 4);
  }

  private static List<String> phrases() {
    return studio
        .get("/api/jobs")
        .get("jobs")
        .valueStream()
        .map(job -> job.get("phrase").asString())
        .toList();
  }

  private static Map<String, String> quick() {
    return Map.of(
        "songe.settings",
        PageStudio.QUICK.get("songe.settings"),
        "songe.phrase",
        "\"\"",
        "songe.shown",
        "[]");
  }

  /** Where the tiles are, and how large. */
  private static final String PLACES =
      """
      return [...document.querySelectorAll(".set songe-tile")].map((tile) => {
        const { left, top, width, height } = tile.getBoundingClientRect();
        return [left, top, width, height].map(Math.round).join();
      }).join(" ");
      """;

  /** Counts tiles that show nothing any more of a drawing that has begun. */
  static final String BUSY_TILES =
      """
      window.wasBusy = false;
      window.wentBlank = 0;
      new MutationObserver((changes) => changes
          .filter(({ target, oldValue }) => target.matches(".tile") && /busy/.test(oldValue))
          .forEach(({ target }) => {
            window.wasBusy = true;
            window.wentBlank += target.matches(".waiting") ? 1 : 0;
          }))
        .observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"], attributeOldValue: true });
      """;

  /**
   * Adds up the layout shifts that no input explains, from the visit's beginning or from now on.
   */
  static final String SHIFTS =
      """
      window.shifted = 0;
      window.shiftedWhat = "";
      new PerformanceObserver((list) => list.getEntries().filter((entry) => !entry.hadRecentInput).forEach((entry) => {
        window.shifted += entry.value;
        window.shiftedWhat += entry.sources.map(({ node }) => `${node?.nodeName} ${node?.className}; `).join("");
      })).observe({ type: "layout-shift", buffered: arguments[0] });
      """;
}
