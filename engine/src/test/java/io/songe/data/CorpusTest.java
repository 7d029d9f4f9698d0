package io.songe.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  @TempDir Path folder;

  @Test
  void drawings_come_back_as_they_were_written_sorted_by_key() {
    try (Corpus corpus = TestCorpus.open(folder.resolve("c"), 32, 3)) {
      assertThat(corpus.drawings().stream().map(Drawing::key))
          .containsExactly(
              "flat/circle",
              "flat/square",
              "flat/triangle",
              "outline/circle",
              "outline/square",
              "outline/triangle",
              "soft/circle",
              "soft/square",
              "soft/triangle",
              "striped/circle",
              "striped/square",
              "striped/triangle");
      assertThat(corpus.side()).isEqualTo(32);
      assertThat(corpus.drawings().get(1).caption(Language.FRENCH).orElseThrow().label())
          .isEqualTo("carré");
    }
  }

  @Test
  void a_flat_square_is_one_colour_in_the_middle_of_a_transparent_square() {
    try (Corpus corpus = TestCorpus.open(folder.resolve("c"), 64, 2)) {
      Image square = corpus.picture(1);

      assertThat(square.at(32, 32)).hasToString(square.at(20, 40).toString());
      assertThat(square.at(32, 32).alpha()).isEqualTo(255);
      assertThat(square.at(1, 1).alpha()).isZero();
    }
  }

  @Test
  void unpacked_pictures_are_the_same_and_are_found_again() throws IOException {
    Path place = folder.resolve("c");
    try (Corpus corpus = TestCorpus.open(place, 32, 4)) {
      var packed = IntStream.range(0, corpus.drawings().size()).mapToObj(corpus::picture).toList();

      corpus.unpack();

      assertThat(IntStream.range(0, packed.size()).mapToObj(corpus::picture).toList())
          .isEqualTo(packed);
      corpus.unpack();
    }
    try (Stream<Path> files = Files.list(place)) {
      assertThat(files.filter(file -> file.toString().endsWith(".rgba")))
          .singleElement()
          .satisfies(file -> assertThat(Files.size(file)).isEqualTo(4L * 32 * 32 * 16));
    }
    try (Corpus again = Corpus.open(place)) {
      assertThat(again.drawings()).hasSize(16);
    }
  }

  @Test
  void identical_builds_have_the_same_sha256_and_others_another() {
    try (Corpus one = TestCorpus.open(folder.resolve("1"), 32, 2);
        Corpus same = TestCorpus.open(folder.resolve("2"), 32, 2);
        Corpus other = TestCorpus.open(folder.resolve("3"), 32, 3)) {
      assertThat(one.sha256()).hasSize(64).isEqualTo(same.sha256()).isNotEqualTo(other.sha256());
    }
  }

  @Test
  void a_folder_without_a_finished_corpus_is_refused() {
    assertThatThrownBy(() -> Corpus.open(folder.resolve("nowhere")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "nowhere: there is no such folder; build a corpus there with 'songe corpus build'");
    assertThatThrownBy(() -> Corpus.open(folder))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("holds no finished corpus (there is no corpus.json)");
  }

  @Test
  void a_missing_shard_is_told_by_name() throws IOException {
    Path place = built();
    Files.delete(place.resolve("00000.tar"));

    assertThatThrownBy(() -> Corpus.open(place))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("00000.tar: there is no such file");
  }

  @Test
  void a_shard_that_lost_its_end_is_told_by_name() throws IOException {
    Path place = built();
    byte[] shard = Files.readAllBytes(place.resolve("00000.tar"));
    Files.write(place.resolve("00000.tar"), java.util.Arrays.copyOf(shard, 5000));

    assertThatThrownBy(() -> Corpus.open(place))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("00000.tar: has 5000 bytes where corpus.json says " + shard.length);
  }

  @Test
  void a_changed_byte_is_found_by_the_checksum() throws IOException {
    Path place = built();
    byte[] shard = Files.readAllBytes(place.resolve("00000.tar"));
    shard[600] ^= 1;
    Files.write(place.resolve("00000.tar"), shard);

    try (Corpus corpus = Corpus.open(place)) {
      assertThatThrownBy(corpus::verify)
          .isInstanceOf(BrokenFileException.class)
          .hasMessageContaining("00000.tar: has changed since it was built");
      assertThatThrownBy(() -> corpus.picture(0)).isInstanceOf(BrokenFileException.class);
    }
  }

  private Path built() {
    Path place = folder.resolve("c");
    TestCorpus.open(place, 32, 2).close();
    return place;
  }
}
