package io.songe.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.data.Corpus;
import io.songe.data.CorpusDescription;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusBuildTest {
  private static final CorpusBuild BUILD = new CorpusBuild(16, Framing.MARGIN);

  @TempDir Path folder;

  @Test
  void two_builds_are_the_same_bytes() throws IOException {
    BUILD.run(ShapeDrawings.of(5), folder.resolve("a"), (_, _) -> {});

    BUILD.run(ShapeDrawings.of(5), folder.resolve("b"), (_, _) -> {});

    assertThat(bytes(folder.resolve("b"))).isEqualTo(bytes(folder.resolve("a")));
    assertThat(bytes(folder.resolve("a")))
        .containsOnlyKeys("00000.tar", "corpus.json", "DATA_CARD.md", "skipped.tsv");
  }

  private static Map<String, List<Byte>> bytes(Path place) throws IOException {
    Map<String, List<Byte>> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.toList()) {
        List<Byte> content = new ArrayList<>();
        for (byte one : Files.readAllBytes(file)) {
          content.add(one);
        }
        all.put(file.getFileName().toString(), content);
      }
    }
    return all;
  }

  @Test
  void a_build_that_was_broken_off_keeps_its_finished_shards() throws IOException {
    Originals many = many(2050);
    Path place = folder.resolve("c");
    assertThatThrownBy(() ->
            BUILD.run(
                many,
                place,
                (done, _) -> {
                  if (done == 1500) {
                    Thread.currentThread().interrupt();
                  }
                }))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isFalse();
    Path first = place.resolve("00000.tar");
    Files.setLastModifiedTime(first, FileTime.fromMillis(0));
    assertThatThrownBy(() -> Corpus.open(place)).isInstanceOf(InvalidRequestException.class);

    CorpusDescription whole = BUILD.run(many, place, (_, _) -> {});

    assertThat(Files.getLastModifiedTime(first).toMillis()).as("not written again").isZero();
    assertThat(whole.drawings()).isEqualTo(2050);
    assertThat(whole.shards()).hasSize(3);
    assertThat(whole.sha256())
        .isEqualTo(BUILD.run(many, folder.resolve("d"), (_, _) -> {}).sha256());
  }

  private static Originals many(int count) {
    Original shape = ShapeDrawings.of(1).drawings().getFirst();
    List<Original> drawings =
        IntStream.range(0, count).mapToObj(i -> named(shape, "%05d".formatted(i))).toList();
    return new Originals(drawings, List.of(), new TreeMap<>(), List.of());
  }

  private static Original named(Original original, String key) {
    return new Original(drawing(original, key), original.artwork());
  }

  private static io.songe.data.Drawing drawing(Original original, String key) {
    var drawing = original.drawing();
    return new io.songe.data.Drawing(
        key,
        drawing.concept(),
        drawing.style(),
        drawing.group(),
        drawing.captions(),
        drawing.licence(),
        drawing.source());
  }

  @Test
  void a_finished_shard_that_was_damaged_is_made_again() throws IOException {
    Path place = folder.resolve("c");
    String expected = BUILD.run(ShapeDrawings.of(2), place, (_, _) -> {}).sha256();
    Files.writeString(place.resolve("00000.tar"), "garbage");

    assertThat(BUILD.run(ShapeDrawings.of(2), place, (_, _) -> {}).sha256()).isEqualTo(expected);

    try (Corpus corpus = Corpus.open(place)) {
      corpus.verify();
    }
  }

  @Test
  void a_drawing_that_cannot_be_used_is_left_out_and_named() throws IOException {
    Original good = named(ShapeDrawings.of(1).drawings().getFirst(), "good");
    Originals originals =
        new Originals(
            List.of(
                new Original(drawing(good, "blank"), svg("")),
                new Original(drawing(good, "script"), svg("<script>1</script>")),
                good),
            List.of(),
            new TreeMap<>(),
            List.of());

    CorpusDescription built = BUILD.run(originals, folder.resolve("c"), (_, _) -> {});

    assertThat(built.drawings()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("c/skipped.tsv")))
        .isEqualTo(
            """
            what\twhy
            blank\tthe picture is blank
            script\tthe drawing holds <script>, which is not taken
            """);
  }

  private static Artwork svg(String body) {
    return new Artwork.Vector(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">" + body + "</svg>");
  }

  @Test
  void a_folder_with_another_corpus_or_other_things_is_left_alone() throws IOException {
    Path place = folder.resolve("c");
    BUILD.run(ShapeDrawings.of(2), place, (_, _) -> {});
    Path other = Files.createDirectory(folder.resolve("letters"));
    Files.writeString(other.resolve("letter.txt"), "Dear");

    assertThatThrownBy(
            () -> new CorpusBuild(32, Framing.MARGIN).run(ShapeDrawings.of(2), place, (_, _) -> {}))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("c holds a corpus of side 16, not 32; give a new folder");
    assertThatThrownBy(() -> BUILD.run(ShapeDrawings.of(3), place, (_, _) -> {}))
        .hasMessageContaining("c holds a corpus built with other settings ({shapes=2})");
    assertThatThrownBy(() -> BUILD.run(ShapeDrawings.of(2), other, (_, _) -> {}))
        .hasMessage("letters is not empty and holds no corpus; give a new folder");
  }

  @Test
  void a_corpus_of_nothing_is_refused() {
    Original good = ShapeDrawings.of(1).drawings().getFirst();
    Originals blank =
        new Originals(
            List.of(new Original(good.drawing(), svg(""))), List.of(), new TreeMap<>(), List.of());

    assertThatThrownBy(() -> BUILD.run(blank, folder.resolve("c"), (_, _) -> {}))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "not one of 1 pictures can be used; the first: flat/circle: the picture is blank");
  }

  @Test
  void a_place_that_cannot_be_written_is_told() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> BUILD.run(ShapeDrawings.of(1), file.resolve("c"), (_, _) -> {}))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("c: cannot be written");
  }
}
