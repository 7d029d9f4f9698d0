package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What waits, in a studio without a worker, so that it waits for as long as a test takes. */
@ExtendWith(WithBrowser.class)
class QueueScreenTest {
  private PageStudio studio;

  @BeforeEach
  void open(@TempDir Path folder, Browser browser) {
    studio = PageStudio.start(folder, 0, 0);
    List.of("a first", "a second", "a third").forEach(phrase -> studio.order(phrase, 1));
    browser.size(1280, 900);
    browser.prefer(Locale.ENGLISH, false);
    browser.open(studio.at("queue"));
    browser.await("three rows", () -> browser.all(".job").size() == 3);
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void arrows_move_what_waits_and_the_focus_goes_along(Browser browser) {
    browser.run("document.querySelectorAll('.grip')[2].focus()");
    browser.press(Keys.ARROW_UP);
    browser.await("moved", () -> waiting().equals(List.of("a first", "a third", "a second")));
    browser.await(
        "shown so",
        () -> browser.texts(".job-phrase").equals(List.of("a first", "a third", "a second")));

    browser.await(
        "the focus is on its grip",
        () ->
            String.valueOf(browser.run("return document.activeElement.ariaLabel"))
                .contains("a third"));
    browser.press(Keys.HOME);

    browser.await("moved", () -> waiting().equals(List.of("a third", "a first", "a second")));
  }

  @Test
  void what_is_held_waits_until_it_is_released(Browser browser) {
    browser.click(".job:nth-child(1) .job-acts .act:nth-child(1)");
    browser.find(".job.held");
    assertThat(state("a first")).isEqualTo("held");

    browser.click(".job.held .job-acts .act:nth-child(1)");

    browser.await("released", () -> state("a first").equals("queued"));
  }

  @Test
  void what_was_stopped_can_be_taken_back(Browser browser) {
    browser.click(".job:nth-child(2) .job-acts .act:nth-child(2)");
    browser.await("stopped", () -> state("a second").equals("cancelled"));

    browser.click(".toast-act");

    browser.await("waits again", () -> state("a second").equals("queued"));
  }

  @Test
  void the_rail_counts_what_is_to_come_and_everything_can_rest(Browser browser) {
    assertThat(browser.find(".rail .count span").getText()).isEqualTo("3");

    browser.click(".queue-head .pill");

    browser.find(".resting");
    assertThat(studio.get("/api/status").get("paused").asBoolean()).isTrue();
    browser.click(".queue-head .pill");
    browser.await("goes on", () -> browser.all(".resting").isEmpty());
    browser.expectNoComplaints();
  }

  private List<String> waiting() {
    return studio
        .get("/api/jobs")
        .get("jobs")
        .valueStream()
        .map(job -> job.get("phrase").asString())
        .toList();
  }

  private String state(String phrase) {
    return studio
        .get("/api/jobs")
        .get("jobs")
        .valueStream()
        .filter(job -> job.get("phrase").asString().equals(phrase))
        .map(job -> job.get("state").asString())
        .findFirst()
        .orElseThrow();
  }
}
