package io.songe.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who can draw. */
@ExtendWith(WithBrowser.class)
class ModelsScreenTest {
  @TempDir Path folder;

  private PageStudio studio;

  @BeforeEach
  void open(Browser browser) {
    studio = PageStudio.start(folder, 0, 0);
    browser.size(1280, 900);
    browser.prefer(Locale.FRENCH, false);
    browser.open(studio.at("models"));
  }

  @AfterEach
  void close() {
    studio.close();
  }

  @Test
  void a_model_shows_its_licence_first_and_its_card_as_text(Browser browser) {
    assertThat(browser.find(".model > :first-child").getText()).isEqualTo("Apache-2.0");

    browser.click(".model-acts .pill:nth-child(2)");

    assertThat(browser.find(".prose h3").getText()).isEqualTo("songe-mini");
    browser.await("parts", () -> browser.all(".sheet .facts dt").size() >= 3);
    browser.expectNoComplaints();
  }

  @Test
  void what_a_model_was_taught_can_be_searched_and_drawn(Browser browser) {
    browser.click(".model-acts .pill:nth-child(3)");
    browser.await("names", () -> browser.all(".known-names .pill").size() > 200);
    List<String> names = browser.texts(".known-names .pill");
    assertThat(names).containsSubsequence("abeille", "âne", "banane", "éléphant", "zèbre");

    browser.write("#known-words", "xyz");
    browser.await("no name", () -> browser.all(".known-names .pill").isEmpty());
    assertThat(browser.find(".sheet [role=status]").getText()).isNotBlank();
    browser.write("#known-words", "ELEPHANT");
    browser.await("one name", () -> browser.texts(".known-names .pill").contains("éléphant"));
    browser.click(".known-names .pill");

    browser.await("its place", () -> browser.texts(".set h2").equals(List.of("éléphant")));
    assertThat(studio.get("/api/jobs").get("jobs").get(0).get("phrase").asString())
        .isEqualTo("éléphant");
    browser.expectNoComplaints();
  }

  @Test
  void a_file_that_is_no_model_is_refused_where_it_was_dropped(Browser browser) throws IOException {
    Path file = Files.writeString(folder.resolve("holiday.safetensors"), "not a model at all");

    browser.find(".model-drop");
    browser.all(".model-drop input").getFirst().sendKeys(file.toString());

    assertThat(browser.find(".model-refused").getText()).isNotBlank();
  }
}
