package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What names can do to files: nothing outside the gallery's folder (rules 6 and 13). */
class GalleryFilesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private Gallery gallery;

  @BeforeEach
  void open() {
    gallery = Gallery.open(folder.resolve("gallery"), CLOCK);
  }

  @AfterEach
  void close() {
    gallery.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../p-1", "a/b", "A", "é", "a_b", "a.png", "a\0", "nul:"})
  void what_is_no_id_is_refused_and_never_found(String id) {
    assertThatThrownBy(() -> gallery.add(id, "anna", "", Recipes.picture("un renard", 1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("a picture's id has 1 to 64 lower-case letters");
    assertThat(gallery.has(id)).isFalse();
    assertThat(gallery.file("anna", id)).isEmpty();
    assertThatThrownBy(() -> gallery.trash("anna", id)).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void an_id_has_at_most_64_letters() {
    gallery.add("a".repeat(64), "anna", "", Recipes.picture("un renard", 1));

    assertThat(gallery.has("a".repeat(64))).isTrue();
    assertThatThrownBy(
            () -> gallery.add("a".repeat(65), "anna", "", Recipes.picture("un renard", 1)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../..", "a/b", "C:\\x", "Anna", "å", "a\0b", ".", "con", "=41"})
  void every_owner_has_a_folder_of_their_own_inside_the_gallery(String owner) throws IOException {
    gallery.add("p-1", owner, "", Recipes.picture("un renard", 1));

    Path file = gallery.file(owner, "p-1").orElseThrow();
    assertThat(file.toRealPath()).startsWith(folder.resolve("gallery/pictures").toRealPath());
    assertThat(folder.resolve("gallery/pictures").relativize(file).getNameCount()).isEqualTo(3);
    gallery.close();
    Folders.delete(folder.resolve("gallery/index"));
    open();
    assertThat(gallery.find(owner, "p-1")).isPresent();
  }

  @Test
  void owners_that_differ_by_a_capital_share_nothing() {
    gallery.add("p-1", "anna", "", Recipes.picture("un renard", 1));
    gallery.add("p-2", "Anna", "", Recipes.picture("un renard", 1));

    Path one = gallery.file("anna", "p-1").orElseThrow().resolveSibling("");
    Path other = gallery.file("Anna", "p-2").orElseThrow().resolveSibling("");

    assertThat(one.toString()).isNotEqualToIgnoringCase(other.toString());
    assertThat(gallery.find("anna", "p-2")).isEmpty();
  }

  @Test
  void nobody_is_refused_as_owner() {
    for (String owner : List.of("", "a".repeat(65))) {
      assertThatThrownBy(() -> gallery.add("p-1", owner, "", Recipes.picture("un renard", 1)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageStartingWith("the name of a picture's owner has 1 to 64 bytes");
    }
  }

  @Test
  void a_phrase_cannot_lead_a_file_elsewhere() throws IOException {
    gallery.add("p-1", "anna", "", Recipes.picture("../../../etc/passwd CON: 狐", 1));

    assertThat(gallery.file("anna", "p-1").orElseThrow())
        .isEqualTo(
            folder
                .toRealPath()
                .resolve("gallery/pictures/anna/2026-11-23/etc-passwd-con-1_p-1.png"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_picture_that_became_a_link_is_not_given_out() throws IOException {
    gallery.add("p-1", "anna", "", Recipes.picture("un renard", 1));
    Path file = gallery.file("anna", "p-1").orElseThrow();
    Path secret = Files.write(folder.resolve("secret.png"), Files.readAllBytes(file));
    Files.delete(file);
    Files.createSymbolicLink(file, secret);

    assertThat(gallery.file("anna", "p-1")).isEmpty();
    assertThat(gallery.thumbnail("anna", "p-1", 128)).isEmpty();
    assertThat(gallery.texts("anna", "p-1")).isEmpty();
    assertThatThrownBy(() -> gallery.trash("anna", "p-1"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("this picture's file is gone");
    assertThat(gallery.rebuild()).isZero();
    assertThat(secret).exists();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_day_that_became_a_link_is_neither_read_nor_written() throws IOException {
    gallery.add("p-1", "anna", "", Recipes.picture("un renard", 1));
    Path day = folder.resolve("gallery/pictures/anna/2026-11-23");
    Path elsewhere = Files.move(day, folder.resolve("elsewhere"));
    Files.createSymbolicLink(day, elsewhere);

    assertThat(gallery.file("anna", "p-1")).isEmpty();
    assertThatThrownBy(() -> gallery.add("p-2", "anna", "", Recipes.picture("un ours", 2)))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("2026-11-23 is no folder of its own");
    try (Stream<Path> files = Files.list(elsewhere)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_picture_that_cannot_be_written_leaves_nothing_behind() throws IOException {
    Files.createDirectories(folder.resolve("gallery/pictures"));
    Files.writeString(folder.resolve("gallery/pictures/anna"), "in the way");

    assertThatThrownBy(() -> gallery.add("p-1", "anna", "", Recipes.picture("un renard", 1)))
        .isInstanceOf(BrokenFileException.class);

    assertThat(gallery.has("p-1")).isFalse();
    Files.delete(folder.resolve("gallery/pictures/anna"));
    gallery.add("p-1", "anna", "", Recipes.picture("un renard", 1));
    assertThat(gallery.has("p-1")).isTrue();
  }

  @Test
  void messages_do_not_say_where_the_gallery_lies() throws IOException {
    gallery.add("p-1", "anna", "", Recipes.picture("un renard", 1));
    Files.write(gallery.file("anna", "p-1").orElseThrow(), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> gallery.texts("anna", "p-1"))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("2026-11-23/un-renard-1_p-1.png: ");
    assertThatThrownBy(() -> gallery.thumbnail("anna", "p-1", 128))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageNotContaining(folder.toString());
  }

  @Test
  void thumbnails_have_three_sides_and_can_be_thrown_away() throws IOException {
    gallery.add("p-1", "anna", "", new Png(Image.filled(40, 20, Colour.parse("white"))));

    Path first = gallery.thumbnail("anna", "p-1", 512).orElseThrow();
    Folders.delete(folder.resolve("gallery/thumbnails"));

    assertThat(gallery.thumbnail("anna", "p-1", 512)).contains(first);
    assertThat(first).isRegularFile();
    assertThatThrownBy(() -> gallery.thumbnail("anna", "p-1", 100))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("small pictures have a side of 128, 256, 512 pixels, not 100");
  }

  @Test
  void closing_twice_does_no_harm() {
    gallery.close();
    gallery.close();
    open();

    assertThat(gallery.search(Search.all("anna", 0, 1)).total()).isZero();
  }
}
