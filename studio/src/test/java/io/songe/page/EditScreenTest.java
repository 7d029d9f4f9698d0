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
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** Retouching: a mask that is painted without a mouse, margins, and what comes of them. */
@ExtendWith(WithBrowser.class)
class EditScreenTest {
  private static PageStudio studio;
  private static String picture = "";

  @BeforeAll
  static void open(@TempDir Path folder) {
    studio = PageStudio.start(folder);
    studio.order("an orange cat", 1);
    studio.rest();
    picture = studio.get("/api/pictures").get("pictures").get(0).get("id").asString();
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  @BeforeEach
  void begin(Browser browser) {
    browser.size(1280, 1000);
    browser.prefer(Locale.ENGLISH, false);
    browser.open(
        studio.at("edit?picture=" + picture),
        Map.of("songe.easel", "null", "songe.easelJobs", "[]"));
    browser.await("the easel", () -> !browser.all(".easel-mask").isEmpty());
  }

  @Test
  void what_is_painted_is_drawn_anew_and_the_rest_stays(Browser browser) {
    browser.run("document.querySelector('.easel-mask').focus()");
    browser.press(Keys.SPACE);
    browser.await(
        "the mask",
        () -> browser.find(".edit-ask .meta").getText().contains("is drawn anew; the rest"));

    browser.click(".edit-ask .go");

    browser.await("two drawings", () -> browser.all(".set .tile.done").size() == 2);
    JsonNode made = newest().get("recipe").get("edit").get("start");
    assertThat(made.get("mask").get("content").asString()).isEqualTo("original");
    browser.expectNoComplaints();
  }

  @Test
  void a_stroke_can_be_undone_and_done_again(Browser browser) {
    browser.run("document.querySelector('.easel-mask').focus()");
    browser.press(Keys.SPACE);
    browser.await("painted", () -> painted(browser));

    browser.click(".palette > .act:nth-of-type(1)");
    browser.await("undone", () -> !painted(browser));
    browser.click(".palette > .act:nth-of-type(2)");

    browser.await("done again", () -> painted(browser));
  }

  @Test
  void margins_draw_the_picture_on_beyond_its_edge(Browser browser) {
    browser.click(".edit-margins div:nth-of-type(2) .act:last-child");

    browser.click(".edit-ask .go");

    browser.await("two drawings", () -> browser.all(".set .tile.done").size() == 2);
    assertThat(newest().get("width").asInt()).isEqualTo(128);
    assertThat(newest().get("height").asInt()).isEqualTo(64);
    browser.expectNoComplaints();
  }

  private static boolean painted(Browser browser) {
    return Boolean.TRUE.equals(browser.run("return document.querySelector('songe-easel').painted"));
  }

  private static JsonNode newest() {
    studio.rest();
    String id = studio.get("/api/pictures?edited=true").get("pictures").get(0).get("id").asString();
    return studio.get("/api/pictures/" + id);
  }
}
