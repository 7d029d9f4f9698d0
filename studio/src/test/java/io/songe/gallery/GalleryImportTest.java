package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files a1111.jpg and a1111.webp are written by tools/golden/foreign_pictures.py. */
class GalleryImportTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String ANNA = "anna";

  @TempDir private Path folder;
  private Gallery gallery;
  private Path elsewhere;

  @BeforeEach
  void open() throws IOException {
    gallery = Gallery.open(folder.resolve("gallery"), Clock.fixed(NOW, ZoneOffset.UTC));
    elsewhere = Files.createDirectories(folder.resolve("elsewhere/below"));
  }

  @AfterEach
  void close() {
    gallery.close();
  }

  private List<Imported> importAll() {
    List<Imported> told = new ArrayList<>();
    gallery.importFolder(ANNA, folder.resolve("elsewhere"), told::add);
    return told;
  }

  private static byte[] golden(String name) throws IOException {
    try (var in = GalleryImportTest.class.getResourceAsStream("/golden/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }

  private static Png ofA1111(String prompt, int red) {
    return new Png(Image.filled(8, 8, new Colour(red, 20, 30, 255)))
        .withText(
            ParametersText.KEYWORD,
            prompt
                + "\nNegative prompt: ugly\nSteps: 28, Sampler: Euler a, CFG scale: 7.5, Seed: 99,"
                + " Size: 512x512, Model: dreamshaper");
  }

  @Test
  void a_picture_of_another_program_is_added_with_how_it_was_made() {
    ofA1111("a castle", 10).write(elsewhere.resolve("00001-99.png"));

    List<Imported> told = importAll();

    assertThat(told).hasSize(1).first().isInstanceOf(Imported.Added.class);
    Picture picture = gallery.search(Search.all(ANNA, 0, 10)).pictures().getFirst();
    assertThat(picture.phrase()).isEqualTo("a castle");
    assertThat(picture.negative()).isEqualTo("ugly");
    assertThat(picture.sampler()).isEqualTo("Euler a");
    assertThat(picture.model()).isEqualTo("dreamshaper");
    assertThat(picture.seed()).isEqualTo(Optional.of(99L));
    assertThat(picture.steps()).isEqualTo(28);
    assertThat(picture.guidance()).isEqualTo(Optional.of(7.5));
  }

  @Test
  void jpeg_and_webp_become_png_with_their_texts_where_others_look_for_them() throws IOException {
    for (String name : List.of("a1111.jpg", "a1111.webp")) {
      Imported told = gallery.importPicture(ANNA, name, golden(name), NOW);

      assertThat(told).as(name).isInstanceOf(Imported.Added.class);
      Picture picture = ((Imported.Added) told).picture();
      Path file = gallery.file(ANNA, picture.id()).orElseThrow();
      Png png = Png.read(file, PngLimits.DEFAULT);
      assertThat(png.texts().get(ParametersText.KEYWORD)).as(name).contains("Steps: ");
      assertThat(picture.phrase()).as(name).isNotEmpty();
      assertThat(picture.steps()).as(name).isPositive();
    }
  }

  @Test
  void importing_twice_adds_nothing() {
    ofA1111("a castle", 10).write(elsewhere.resolve("a.png"));
    ofA1111("a river", 20).write(elsewhere.resolve("b.png"));
    importAll();
    List<Picture> before = gallery.search(Search.all(ANNA, 0, 10)).pictures();
    gallery.trash(ANNA, before.getFirst().id());

    List<Imported> again = importAll();

    assertThat(again).hasSize(2).allMatch(Imported.Present.class::isInstance);
    assertThat(gallery.search(Search.all(ANNA, 0, 10)).total()).isOne();
  }

  @Test
  void a_picture_drawn_here_is_known_again_by_its_pixels() throws IOException {
    Picture drawn = gallery.add("p-1", ANNA, "Flat", Recipes.picture("un renard", 1));
    byte[] file = Files.readAllBytes(gallery.file(ANNA, "p-1").orElseThrow());

    Imported told = gallery.importPicture(ANNA, "saved.png", file, NOW);

    assertThat(told).isEqualTo(new Imported.Present("saved.png", drawn));
  }

  @Test
  void a_picture_of_another_gallery_keeps_its_time_and_style() throws IOException {
    Instant then = Instant.parse("2025-02-03T04:05:06.789Z");
    byte[] file;
    try (Gallery other = Gallery.open(folder.resolve("other"), Clock.fixed(then, ZoneOffset.UTC))) {
      other.add("p-1", "bert", "Flat", Recipes.picture("un renard", 1));
      file = Files.readAllBytes(other.file("bert", "p-1").orElseThrow());
    }

    gallery.importPicture(ANNA, "saved.png", file, NOW);

    Picture picture = gallery.search(Search.all(ANNA, 0, 1)).pictures().getFirst();
    assertThat(picture.created()).isEqualTo(then);
    assertThat(picture.style()).isEqualTo("Flat");
    assertThat(gallery.file(ANNA, picture.id()).orElseThrow().toString()).contains("2025-02-03");
  }

  @Test
  void two_owners_may_have_the_same_picture() {
    byte[] file = ofA1111("a castle", 10).encode();

    Imported one = gallery.importPicture(ANNA, "a.png", file, NOW);
    Imported other = gallery.importPicture("bert", "a.png", file, NOW);

    assertThat(one).isInstanceOf(Imported.Added.class);
    assertThat(other).isInstanceOf(Imported.Added.class);
  }

  @Test
  void broken_files_are_refused_one_by_one() throws IOException {
    ofA1111("a castle", 10).write(elsewhere.resolve("b-good.png"));
    byte[] half = ofA1111("a river", 20).encode();
    Files.write(elsewhere.resolve("a-half.png"), Arrays.copyOf(half, half.length / 2));
    Files.writeString(
        elsewhere.resolve("c-drawing.png"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    Files.write(elsewhere.resolve("d-empty.jpg"), new byte[0]);
    Files.writeString(elsewhere.resolve("notes.txt"), "no picture");

    List<Imported> told = importAll();

    assertThat(told)
        .extracting(Imported::file)
        .extracting(name -> name.substring(name.indexOf("below") + 6))
        .containsExactly("a-half.png", "b-good.png", "c-drawing.png", "d-empty.jpg");
    assertThat(told.get(0))
        .isInstanceOfSatisfying(
            Imported.Refused.class, each -> assertThat(each.message()).contains("cut off"));
    assertThat(told.get(1)).isInstanceOf(Imported.Added.class);
    assertThat(told.get(2))
        .isInstanceOfSatisfying(
            Imported.Refused.class, each -> assertThat(each.message()).contains("SVG"));
    assertThat(told.get(3))
        .isInstanceOfSatisfying(
            Imported.Refused.class, each -> assertThat(each.message()).contains("empty"));
  }

  @Test
  void a_damaged_recipe_does_not_keep_a_picture_away() {
    Png png =
        new Png(Image.filled(8, 8, Colour.parse("white")))
            .withText("songe", "{\"format\": 2, \"prompt\": ")
            .withText("prompt", "{\"3\": {\"class_type\": ");

    Imported told = gallery.importPicture(ANNA, "a.png", png.encode(), NOW);

    assertThat(told)
        .isInstanceOfSatisfying(
            Imported.Added.class, added -> assertThat(added.picture().phrase()).isEmpty());
  }

  @Test
  void a_picture_is_as_old_as_its_file_but_never_of_tomorrow() throws IOException {
    Path old = elsewhere.resolve("a.png");
    Path strange = elsewhere.resolve("b.png");
    ofA1111("a castle", 10).write(old);
    ofA1111("a river", 20).write(strange);
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2024-05-06T07:08:09Z")));
    Files.setLastModifiedTime(strange, FileTime.from(Instant.parse("2031-01-01T00:00:00Z")));

    importAll();

    assertThat(gallery.search(Search.all(ANNA, 0, 10)).pictures())
        .extracting(Picture::created)
        .satisfiesExactly(
            created -> assertThat(created).isBetween(NOW, NOW.plusMillis(1)),
            created -> assertThat(created).isEqualTo("2024-05-06T07:08:09Z"));
  }

  @Test
  void a_folder_that_is_not_there_is_refused() {
    assertThatThrownBy(() -> gallery.importFolder(ANNA, folder.resolve("nowhere"), _ -> {}))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("there is no folder nowhere; check the name");
  }

  @Test
  void texts_keep_what_the_file_said() {
    Png png = ofA1111("a castle", 10).withText("Comment", "été ✓");

    Imported told = gallery.importPicture(ANNA, "a.png", png.encode(), NOW);

    String id = ((Imported.Added) told).picture().id();
    assertThat(gallery.texts(ANNA, id)).isEqualTo(png.texts());
    assertThat(gallery.texts(ANNA, id)).containsEntry("Comment", "été ✓");
  }
}
