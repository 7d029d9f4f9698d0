package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.InvalidRequestException;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryRecoveryTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
  private static final String ANNA = "anna";

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

  private Picture add(String id, String phrase, long seed) {
    return gallery.add(id, ANNA, "", Recipes.picture(phrase, seed));
  }

  /** A gallery of the files as they are now on the disk, as after a kill. */
  private Gallery killedNow() throws IOException {
    Path copy = folder.resolve("killed");
    Folders.copy(folder.resolve("gallery"), copy);
    return Gallery.open(copy, CLOCK);
  }

  private static List<Picture> all(Gallery gallery) {
    return gallery.search(Search.all(ANNA, 0, 500)).pictures();
  }

  private Path words() {
    return folder.resolve("gallery/index/words");
  }

  @Test
  void what_was_never_saved_to_the_index_is_there_after_a_kill() throws IOException {
    add("p-1", "un renard", 1);
    add("p-2", "un ours", 2);
    gallery.close();
    open();
    gallery.favourite(ANNA, "p-1", true);
    gallery.trash(ANNA, "p-2");
    add("p-3", "un loup", 3);

    try (Gallery after = killedNow()) {
      assertThat(all(after)).isEqualTo(all(gallery));
      assertThat(after.find(ANNA, "p-1")).isEqualTo(gallery.find(ANNA, "p-1"));
      assertThat(after.find(ANNA, "p-2")).isEqualTo(gallery.find(ANNA, "p-2"));
      assertThat(after.find(ANNA, "p-1").orElseThrow().favourite()).isTrue();
      assertThat(after.find(ANNA, "p-2").orElseThrow().trashed()).isTrue();
    }
  }

  @Test
  void what_was_removed_stays_away_after_a_kill() throws IOException {
    add("p-1", "un renard", 1);
    gallery.close();
    open();
    gallery.trash(ANNA, "p-1");
    gallery.emptyTrash(ANNA);

    try (Gallery after = killedNow()) {
      assertThat(after.has("p-1")).isFalse();
    }
  }

  @Test
  void a_journal_cut_in_the_middle_of_a_line_loses_only_that_line() throws IOException {
    add("p-1", "un renard", 1);
    gallery.close();
    Path journal = folder.resolve("gallery/index/changes");
    Files.writeString(journal, "\nanna/2026-11-23/un-ren");
    open();

    add("p-2", "un ours", 2);

    assertThat(Files.readString(journal).lines()).contains("anna/2026-11-23/un-ours-2_p-2.png");
    assertThat(all(gallery)).extracting(Picture::id).containsExactlyInAnyOrder("p-1", "p-2");
  }

  @Test
  void files_changed_by_hand_are_found_out_when_opening() throws IOException {
    add("p-1", "un renard", 1);
    Picture moved = add("p-2", "un ours", 2);
    Path first = gallery.file(ANNA, "p-1").orElseThrow();
    Path second = gallery.file(ANNA, "p-2").orElseThrow();
    gallery.close();
    Files.delete(first);
    Path other = folder.resolve("gallery/pictures/bert/2025-01-01/renamed_p-2.png");
    Files.createDirectories(other.getParent());
    Files.move(second, other);

    open();

    assertThat(gallery.has("p-1")).isFalse();
    assertThat(gallery.find(ANNA, "p-2")).isEmpty();
    assertThat(gallery.find("bert", "p-2").orElseThrow().created()).isEqualTo(moved.created());
    assertThat(gallery.file("bert", "p-2")).contains(other.toRealPath());
  }

  @Test
  void a_deleted_index_comes_back_as_it_was() throws IOException {
    for (int i = 0; i < 40; i++) {
      gallery.add("p-" + i, ANNA, i % 3 == 0 ? "Flat" : "", Recipes.picture("un ours " + i, i));
      if (i % 4 == 0) {
        gallery.rate(ANNA, "p-" + i, i % 6);
        gallery.collect(ANNA, "p-" + i, "c" + i % 3, true);
      }
      if (i % 7 == 0) {
        gallery.trash(ANNA, "p-" + i);
      }
    }
    Search.Found before = gallery.search(Search.all(ANNA, 0, 500));
    List<Picture> similar = gallery.similar(ANNA, "p-5", 10);
    gallery.close();

    Folders.delete(folder.resolve("gallery/index"));
    open();

    assertThat(gallery.search(Search.all(ANNA, 0, 500))).isEqualTo(before);
    assertThat(gallery.similar(ANNA, "p-5", 10)).isEqualTo(similar);
    assertThat(before.total()).isEqualTo(34);
  }

  @Test
  void a_damaged_index_is_made_anew() throws IOException {
    add("p-1", "un renard", 1);
    List<Picture> before = all(gallery);
    gallery.close();
    try (Stream<Path> files = Files.list(words())) {
      for (Path file : files.filter(each -> !each.endsWith("write.lock")).toList()) {
        Files.write(file, new byte[] {1, 2, 3});
      }
    }

    open();

    assertThat(all(gallery)).isEqualTo(before);
  }

  @Test
  void an_index_of_another_version_is_made_anew() throws IOException {
    add("p-1", "un renard", 1);
    List<Picture> before = all(gallery);
    gallery.close();
    try (Directory directory = FSDirectory.open(words());
        IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      writer.deleteAll();
      writer.setLiveCommitData(Map.of("songe.gallery", "0").entrySet());
      writer.commit();
    }

    open();

    assertThat(all(gallery)).isEqualTo(before);
  }

  @Test
  void rebuilding_a_gallery_in_use_changes_nothing() {
    add("p-1", "un renard", 1);
    add("p-2", "un ours", 2);
    List<Picture> before = all(gallery);

    int count = gallery.rebuild();

    assertThat(count).isEqualTo(2);
    assertThat(all(gallery)).isEqualTo(before);
  }

  @Test
  void a_file_whose_own_text_was_removed_is_looked_at_again() throws IOException {
    Picture added = add("p-1", "un renard", 1);
    Path file = gallery.file(ANNA, "p-1").orElseThrow();
    Png png = Png.read(file, PngLimits.DEFAULT);
    gallery.close();
    var texts = new LinkedHashMap<>(png.texts());
    texts.remove(Imprint.KEYWORD);
    new Png(png.image(), texts).write(file);
    Folders.delete(folder.resolve("gallery/index"));

    open();

    Picture found = gallery.find(ANNA, "p-1").orElseThrow();
    assertThat(found.phrase()).isEqualTo("un renard");
    assertThat(found.colour()).isEqualTo(added.colour());
  }

  @Test
  void a_broken_file_does_not_keep_the_others_away() throws IOException {
    add("p-1", "un renard", 1);
    add("p-2", "un ours", 2);
    Path file = gallery.file(ANNA, "p-1").orElseThrow();
    gallery.close();
    Files.write(file, new byte[] {1, 2, 3});
    Folders.delete(folder.resolve("gallery/index"));

    open();

    assertThat(all(gallery)).extracting(Picture::id).containsExactly("p-2");
  }

  @Test
  void a_gallery_is_open_once_at_a_time() {
    assertThatThrownBy(() -> Gallery.open(folder.resolve("gallery"), CLOCK))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("another Songe has this gallery open; stop that one first, or ask it");
  }

  @Test
  void a_full_disk_under_the_index_loses_nothing() throws IOException {
    var full = new AtomicBoolean();
    try (Gallery other =
        Gallery.open(folder.resolve("other"), CLOCK, path -> new FullDisk(path, full))) {
      other.add("p-1", ANNA, "", Recipes.picture("un renard", 1));
      assertThat(all(other)).hasSize(1);

      full.set(true);
      other.add("p-2", ANNA, "", Recipes.picture("un ours", 2));
      List<Picture> meanwhile = all(other);
      boolean known = other.has("p-2");
      full.set(false);
      other.rate(ANNA, "p-2", 5);

      assertThat(meanwhile).extracting(Picture::id).contains("p-1");
      assertThat(known).isTrue();
      assertThat(all(other)).extracting(Picture::id).containsExactly("p-2", "p-1");
      assertThat(other.find(ANNA, "p-2").orElseThrow().rating()).isEqualTo(5);
    }
  }

  private static final class FullDisk extends FilterDirectory {
    private final AtomicBoolean full;

    FullDisk(Path folder, AtomicBoolean full) throws IOException {
      super(FSDirectory.open(folder));
      this.full = full;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
      if (full.get()) {
        throw new IOException("No space left on device");
      }
      return super.createOutput(name, context);
    }
  }

  @Test
  void an_interrupted_caller_leaves_the_gallery_whole() {
    Thread.currentThread().interrupt();
    Picture added = add("p-1", "un renard", 1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(gallery.find(ANNA, "p-1")).contains(added);
    assertThat(all(gallery)).containsExactly(added);
  }

  /** Adds pictures until it is killed, and says after each that it is there. */
  static final class Adding {
    public static void main(String[] arguments) {
      try (Gallery gallery = Gallery.open(Path.of(arguments[0]), Clock.systemUTC())) {
        for (int i = Integer.parseInt(arguments[1]); ; i++) {
          gallery.add("p-" + i, ANNA, "", Recipes.picture("un renard", i));
          System.out.println("p-" + i);
        }
      }
    }
  }

  private static List<String> wholeLines(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  @Test
  void a_killed_process_loses_no_picture_that_it_had_added() throws Exception {
    gallery.close();
    List<String> added = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      Path said = folder.resolve("said-" + round);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Adding.class.getName(),
                  folder.resolve("gallery").toString(),
                  String.valueOf(1000 * round))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(said.toFile())
              .start();
      while (process.isAlive() && wholeLines(said).size() < 10 + 7 * round) {
        Thread.sleep(10);
      }
      process.destroyForcibly().waitFor();
      added.addAll(wholeLines(said));
    }

    open();

    assertThat(added).hasSizeGreaterThanOrEqualTo(27).allMatch(gallery::has);
    List<Picture> all = all(gallery);
    assertThat(all).extracting(Picture::id).containsAll(added).doesNotHaveDuplicates();
    for (Picture picture : all) {
      Path file = gallery.file(ANNA, picture.id()).orElseThrow();
      assertThat(Png.read(file, PngLimits.DEFAULT).texts()).containsKey("songe");
    }
  }
}
