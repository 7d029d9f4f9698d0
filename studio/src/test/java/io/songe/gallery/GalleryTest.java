package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.pipeline.Recipe;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T23:30:00Z"), ZoneOffset.UTC);
  private static final String ANNA = "anna";

  @TempDir private Path folder;
  private Gallery gallery;

  @BeforeEach
  void open() {
    gallery = Gallery.open(folder, CLOCK);
  }

  @AfterEach
  void close() {
    gallery.close();
  }

  private void reopen() {
    gallery.close();
    open();
  }

  private Picture add(String id, String phrase, long seed) {
    return gallery.add(id, ANNA, "", Recipes.picture(phrase, seed));
  }

  private List<String> found(String words) {
    Search all = Search.all(ANNA, 0, 100);
    Search search =
        new Search(ANNA, words, Map.of(), false, false, 0, all.since(), all.until(), false, 0, 100);
    return gallery.search(search).pictures().stream().map(Picture::id).toList();
  }

  @Test
  void an_added_picture_is_found_with_how_it_was_made() {
    Png png = Recipes.picture("un renard bleu", 4207);

    Picture added = gallery.add("p-1", ANNA, "Flat", png);

    assertThat(gallery.find(ANNA, "p-1")).contains(added);
    assertThat(added)
        .isEqualTo(
            new Picture(
                "p-1",
                ANNA,
                "un renard bleu",
                "blurry",
                "songe-mini",
                "Flat",
                "DDIM",
                Optional.of(4207L),
                20,
                Optional.of(4.0),
                8,
                8,
                Instant.parse("2026-11-23T23:30:00Z"),
                false,
                false,
                "#0b75fb",
                false,
                0,
                Set.of(),
                false));
  }

  @Test
  void a_file_lies_under_its_day_and_a_name_for_people() {
    add("p-1", "Un renard bleu !", 4207);

    assertThat(folder.resolve("pictures/anna/2026-11-23/un-renard-bleu-4207_p-1.png"))
        .isRegularFile()
        .isEqualTo(gallery.file(ANNA, "p-1").orElseThrow().toAbsolutePath());
  }

  @Test
  void a_file_has_the_pixels_and_texts_that_were_added() {
    Png png = Recipes.picture("un renard bleu", 4207);
    gallery.add("p-1", ANNA, "Flat", png);

    Png stored = Png.read(gallery.file(ANNA, "p-1").orElseThrow(), PngLimits.DEFAULT);

    assertThat(stored.image()).isEqualTo(png.image());
    assertThat(stored.texts()).containsAllEntriesOf(png.texts());
    assertThat(gallery.texts(ANNA, "p-1")).isEqualTo(png.texts());
    assertThat(Recipe.of(stored.texts())).isEqualTo(Recipe.of(png.texts()));
  }

  @Test
  void adding_an_id_again_changes_nothing() {
    Picture first = add("p-1", "un renard", 1);

    Picture second = add("p-1", "un ours", 2);

    assertThat(second).isEqualTo(first);
    assertThat(gallery.search(Search.all(ANNA, 0, 10)).pictures()).containsExactly(first);
  }

  @Test
  void the_latest_comes_first() {
    add("p-1", "un renard", 1);
    add("p-2", "un ours", 2);
    add("p-3", "un loup", 3);

    assertThat(found("")).containsExactly("p-3", "p-2", "p-1");
  }

  @Test
  void words_are_found_in_both_languages_whatever_their_ending_and_accents() {
    add("fr", "des forêts enneigées", 1);
    add("en", "snowy forests", 2);

    assertThat(found("forêt")).containsExactly("fr");
    assertThat(found("Forest")).containsExactly("en");
    assertThat(found("FORET ENNEIGEE")).containsExactly("fr");
    assertThat(found("a snowy forest")).containsExactly("en");
  }

  @Test
  void words_are_found_by_their_meaning_after_those_that_are_there_literally() {
    add("whale", "a whale under the moon", 1);
    add("fr", "une baleine bleue", 2);
    add("house", "a house by the sea", 3);
    add("fox", "a sleeping fox", 4);

    assertThat(found("whale")).containsExactly("whale", "fr");
    assertThat(found("baleine")).containsExactly("fr", "whale");
    assertThat(found("an animal of the ocean")).containsExactlyInAnyOrder("whale", "fr");
    assertThat(found("animal")).containsExactlyInAnyOrder("whale", "fr", "fox");
    assertThat(found("bâtiment")).containsExactly("house");
  }

  @Test
  void a_word_is_taken_in_the_language_of_its_phrase() {
    add("fr", "un chat sur le lit", 1);

    assertThat(found("cat")).containsExactly("fr");
    assertThat(found("comic bubble")).isEmpty(); // what an English chat is about
  }

  @Test
  void the_last_word_may_be_a_beginning_if_nothing_else_is_found() {
    add("p-1", "a lighthouse at night", 1);
    add("p-2", "a light house", 2);

    assertThat(found("lightho")).containsExactly("p-1");
    assertThat(found("night lightho")).containsExactly("p-1");
    assertThat(found("light")).containsExactly("p-2");
  }

  @Test
  void what_looks_like_a_query_language_is_words() {
    add("p-1", "a fox", 1);

    for (String words : List.of("\"fox", "fox)", "+fox", "fox~", "!fox", "^fox*")) {
      assertThat(found(words)).as(words).containsExactly("p-1");
    }
    for (String words : List.of("phrase:fox", "fox OR bear", "id:p-1")) {
      assertThat(found(words)).as(words).isEmpty();
    }
  }

  @Test
  void others_see_nothing_of_a_picture() {
    add("p-1", "un renard", 1);

    assertThat(gallery.find("bert", "p-1")).isEmpty();
    assertThat(gallery.file("bert", "p-1")).isEmpty();
    assertThat(gallery.thumbnail("bert", "p-1", 128)).isEmpty();
    assertThat(gallery.texts("bert", "p-1")).isEmpty();
    assertThat(gallery.similar("bert", "p-1", 5)).isEmpty();
    assertThat(gallery.search(Search.all("bert", 0, 10)).total()).isZero();
    assertThatThrownBy(() -> gallery.trash("bert", "p-1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("there is no picture 'p-1'; it may have been removed");
    assertThat(gallery.find(ANNA, "p-1")).isPresent();
  }

  @Test
  void marks_outlive_the_index() throws Exception {
    add("p-1", "un renard", 1);
    add("p-2", "un ours", 2);
    gallery.favourite(ANNA, "p-1", true);
    gallery.rate(ANNA, "p-1", 4);
    gallery.collect(ANNA, "p-1", "Bêtes", true);
    Picture marked = gallery.collect(ANNA, "p-1", "Wald", true);
    Picture trashed = gallery.trash(ANNA, "p-2");
    gallery.close();

    Folders.delete(folder.resolve("index"));
    open();

    assertThat(gallery.find(ANNA, "p-1")).contains(marked);
    assertThat(gallery.find(ANNA, "p-2")).contains(trashed);
    assertThat(marked.collections()).containsExactly("Bêtes", "Wald");
    assertThat(gallery.collections(ANNA)).isEqualTo(Map.of("Bêtes", 1, "Wald", 1));
  }

  @Test
  void what_is_trashed_is_found_in_the_trash_alone_and_comes_back() {
    add("p-1", "un renard", 1);

    gallery.trash(ANNA, "p-1");

    assertThat(found("renard")).isEmpty();
    assertThat(gallery.file(ANNA, "p-1").orElseThrow().toString()).contains("trash");
    assertThat(gallery.has("p-1")).isTrue();
    gallery.restore(ANNA, "p-1");
    assertThat(found("renard")).containsExactly("p-1");
  }

  @Test
  void an_emptied_trash_leaves_no_file() throws Exception {
    add("p-1", "un renard", 1);
    gallery.rate(ANNA, "p-1", 3);
    gallery.thumbnail(ANNA, "p-1", 128);
    gallery.trash(ANNA, "p-1");
    add("p-2", "un ours", 2);

    int removed = gallery.emptyTrash(ANNA).pictures();

    assertThat(removed).isOne();
    assertThat(gallery.has("p-1")).isFalse();
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().contains("p-1"))).isEmpty();
    }
    assertThat(found("")).containsExactly("p-2");
  }

  @Test
  void an_emptied_trash_tells_what_nothing_else_was_drawn_from() {
    String alone = "a".repeat(64);
    String shared = "b".repeat(64);
    gallery.add("p-1", ANNA, "", Recipes.drawnFrom(alone, 1));
    gallery.add("p-2", ANNA, "", Recipes.drawnFrom(shared, 2));
    gallery.add("p-3", "bert", "", Recipes.drawnFrom(shared, 3));
    add("p-4", "un ours", 4);
    List.of("p-1", "p-2", "p-4").forEach(id -> gallery.trash(ANNA, id));
    gallery.trash("bert", "p-3");

    assertThat(gallery.emptyTrash(ANNA)).isEqualTo(new Gallery.Emptied(3, Set.of(alone)));
    assertThat(gallery.emptyTrash(ANNA)).isEqualTo(new Gallery.Emptied(0, Set.of()));
    assertThat(gallery.emptyTrash("bert")).isEqualTo(new Gallery.Emptied(1, Set.of(shared)));
  }

  @Test
  void where_a_picture_cannot_be_read_all_is_kept_that_it_may_be_drawn_from() throws Exception {
    gallery.add("p-1", ANNA, "", Recipes.drawnFrom("a".repeat(64), 1));
    gallery.add("p-2", ANNA, "", Recipes.drawnFrom("b".repeat(64), 2));
    gallery.trash(ANNA, "p-1");
    Files.write(gallery.file(ANNA, "p-2").orElseThrow(), new byte[] {1, 2, 3});

    assertThat(gallery.emptyTrash(ANNA)).isEqualTo(new Gallery.Emptied(1, Set.of()));
  }

  @Test
  void a_thumbnail_is_a_small_webp_file_with_its_coverage() throws Exception {
    Image image = Image.filled(600, 300, new Colour(200, 30, 30, 0));
    gallery.add("p-1", ANNA, "", new Png(image));

    Path file = gallery.thumbnail(ANNA, "p-1", 256).orElseThrow();

    assertThat(new String(Files.readAllBytes(file), 8, 4, StandardCharsets.US_ASCII))
        .isEqualTo("WEBP");
    BufferedImage small = ImageIO.read(file.toFile());
    assertThat(List.of(small.getWidth(), small.getHeight())).containsExactly(256, 128);
    assertThat(small.getRGB(5, 5) >>> 24).isZero();
  }

  @Test
  void a_picture_is_there_after_closing_and_opening() {
    Picture added = add("p-1", "un renard", 1);

    reopen();

    assertThat(gallery.find(ANNA, "p-1")).contains(added);
  }
}
