package io.songe.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.image.Image;
import io.songe.pipeline.edit.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputStoreTest {
  /** Transparent pixels with a colour too: masks and coverage must come back as they went. */
  private static final Image PICTURE =
      Image.of(2, 1, new byte[] {1, 2, 3, 0, (byte) 200, 100, 50, (byte) 128});

  @TempDir Path folder;

  @Test
  void a_picture_is_found_by_its_fingerprint() {
    InputStore store = new InputStore(folder.resolve("inputs"));

    String name = store.put(PICTURE);

    assertThat(name).isEqualTo(Source.of(PICTURE).sha256()).matches("[0-9a-f]{64}");
    assertThat(store.find(name)).contains(PICTURE);
    assertThat(store.find(name.toUpperCase(Locale.ROOT))).contains(PICTURE);
    assertThat(Source.of(store.find(name).orElseThrow()).sha256()).isEqualTo(name);
  }

  @Test
  void a_picture_that_is_put_twice_is_there_once() {
    InputStore store = new InputStore(folder);

    assertThat(store.put(PICTURE)).isEqualTo(store.put(PICTURE));

    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void what_was_put_since_it_was_known_that_nobody_needs_it_stays() {
    InputStore store = new InputStore(folder);
    String name = store.put(PICTURE);
    Instant known = Instant.now().plusSeconds(1);

    store.remove(List.of(name), known.minusSeconds(60));
    assertThat(store.find(name)).isPresent();

    store.remove(List.of("../keep", "0".repeat(64), name.toUpperCase(Locale.ROOT)), known);
    assertThat(store.find(name)).isEmpty();
  }

  @Test
  void a_picture_that_is_put_again_counts_as_put_now() throws Exception {
    InputStore store = new InputStore(folder);
    String name = store.put(PICTURE);
    Path file = folder.resolve(name + ".png");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));

    store.put(PICTURE);

    store.remove(List.of(name), Instant.now().minusSeconds(60));
    assertThat(file).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "picture",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "000000000000000000000000000000000000000000000000000000000000000g",
        "../0000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000000\n"
      })
  void any_other_name_is_not_there(String name) throws Exception {
    Files.writeString(folder.resolve("picture.png"), "");

    assertThat(new InputStore(folder).find(name)).isEmpty();
  }

  @Test
  void a_damaged_file_is_refused_without_saying_where_it_lies() throws Exception {
    InputStore store = new InputStore(folder.resolve("inputs"));
    String name = store.put(PICTURE);
    Files.write(folder.resolve("inputs").resolve(name + ".png"), new byte[] {1, 2, 3});

    assertThatThrownBy(() -> store.find(name))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageStartingWith("inputs/" + name + ".png: ")
        .hasMessageNotContaining(folder.toString());
  }

  @Test
  void a_picture_that_cannot_be_written_is_refused_and_leaves_nothing() throws Exception {
    Path blocked = Files.writeString(folder.resolve("inputs"), "a file where a folder should be");

    assertThatThrownBy(() -> new InputStore(blocked).put(PICTURE))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("cannot be written: ")
        .hasMessageEndingWith("; make room on the disk, and try again");
    assertThat(folder.toFile().list()).containsExactly("inputs");
  }
}
