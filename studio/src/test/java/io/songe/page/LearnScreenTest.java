package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The story from noise to picture, told on the last picture. */
@ExtendWith(WithBrowser.class)
class LearnScreenTest {
  private static PageStudio studio;

  @BeforeAll
  static void open(@TempDir Path folder) {
    studio = PageStudio.start(folder);
    studio.order("a red apple", 1);
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
    browser.open(studio.at("learn"));
    browser.await("the chapters", () -> browser.all(".chapter").size() == 7);
  }

  @Test
  void the_steps_of_the_picture_can_be_slid_through(Browser browser) {
    browser.click(".chapter:nth-of-type(2) .pill");

    browser.await(
        "frames", () -> !browser.all(".chapter:nth-of-type(2) input[type=range]").isEmpty());
    assertThat(browser.find(".story-phrase").getText()).isEqualTo("a red apple");
    browser.await(
        "a frame that is there",
        () ->
            Boolean.TRUE.equals(
                browser.run(
                    "return document.querySelector('.chapter:nth-of-type(2) img').naturalWidth > 0")));
    browser.expectNoComplaints();
  }

  @Test
  void guidance_is_shown_at_four_strengths(Browser browser) {
    browser.click(".chapter:nth-of-type(4) .pill");

    browser.await(
        "four pictures", () -> browser.all(".chapter:nth-of-type(4) .draft.done").size() == 4);
    assertThat(browser.texts(".chapter:nth-of-type(4) figcaption"))
        .containsExactly("guidance 1", "guidance 2", "guidance 5", "guidance 10");
    browser.expectNoComplaints();
  }
}
