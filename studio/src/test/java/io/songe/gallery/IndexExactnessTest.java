package io.songe.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The index against a plain look at every picture, over 2,000 of them. The words are invented, so
 * that no stemming or meaning makes two of them one.
 */
class IndexExactnessTest {
  private static final int COUNT = 2000;
  private static final List<String> WORDS =
      List.of("zorblax", "quimbo", "vrentor", "plizk", "grundo", "maxoth", "trelvin", "bokkur");
  private static final List<String> MODELS = List.of("songe-mini", "other", "third", "");
  private static final List<String> STYLES = List.of("flat", "pixel", "");
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private static final List<Entry> ENTRIES = new ArrayList<>();
  private static PictureIndex index = PictureIndex.create(new ByteBuffersDirectory());

  @BeforeAll
  static void fill() {
    Random random = new Random(4207);
    for (int i = 0; i < COUNT; i++) {
      Entry entry = entry(i, random);
      ENTRIES.add(entry);
      index.put(entry);
      if (i % 700 == 0) {
        index.refresh(); // several segments
      }
    }
    for (int i = 0; i < COUNT; i += 9) {
      Entry marked = ENTRIES.get(i).with(ENTRIES.get(i).marks().withStars(1 + i % 5), i % 2 == 0);
      ENTRIES.set(i, marked);
      index.put(marked);
    }
    index.refresh();
  }

  @AfterAll
  static void close() {
    index.close();
  }

  private static Entry entry(int i, Random random) {
    String owner = random.nextInt(4) == 0 ? "bert" : "anna";
    String phrase =
        random
            .ints(1 + random.nextInt(5), 0, WORDS.size())
            .mapToObj(WORDS::get)
            .collect(Collectors.joining(" "));
    Origin origin =
        new Origin(
            phrase,
            "",
            MODELS.get(random.nextInt(MODELS.size())),
            random.nextBoolean() ? "DDIM" : "Euler",
            Optional.of((long) i),
            20,
            Optional.empty(),
            random.nextInt(3) == 0);
    byte[] numbers = new byte[Look.SIZE];
    random.nextBytes(numbers);
    Imprint imprint =
        new Imprint(
            1,
            START.plusSeconds(random.nextInt(COUNT)),
            STYLES.get(random.nextInt(STYLES.size())),
            64,
            random.nextBoolean() ? 64 : 96,
            "#000000",
            false,
            "pixels" + i,
            new Look(numbers));
    Marks marks = new Marks(random.nextInt(5) == 0, 0, new TreeSet<>());
    for (int j = random.nextInt(3); j > 0; j--) {
      marks = marks.withCollection("c" + random.nextInt(4), true);
    }
    Place place = new Place(false, owner, "2026-11-01", PictureName.of("p-" + i, origin));
    return Entry.of(place, imprint, origin, marks);
  }

  private static Search.Found found(Search search) {
    return index.look(view -> view.found(search));
  }

  private static Stream<Picture> all(Predicate<Picture> wanted) {
    return ENTRIES.stream().map(Entry::picture).filter(wanted);
  }

  private static List<Picture> newest(Predicate<Picture> wanted) {
    return all(wanted)
        .sorted(Comparator.comparing(Picture::created).reversed().thenComparing(Picture::id))
        .toList();
  }

  private static boolean kept(Picture picture) {
    return picture.owner().equals("anna") && !picture.trashed();
  }

  private static Map<String, Integer> counts(
      List<Picture> pictures, Function<Picture, Stream<String>> values) {
    return pictures.stream()
        .flatMap(values)
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toMap(value -> value, _ -> 1, Integer::sum));
  }

  private static Search filtered(
      Map<String, String> facets, boolean favourites, boolean edited, int stars) {
    return new Search(
        "anna",
        "",
        facets,
        favourites,
        edited,
        stars,
        Optional.empty(),
        Optional.empty(),
        false,
        0,
        500);
  }

  private static Search words(String words) {
    return new Search(
        "anna",
        words,
        Map.of(),
        false,
        false,
        0,
        Optional.empty(),
        Optional.empty(),
        false,
        0,
        500);
  }

  @Test
  void every_page_is_the_newest_first() {
    List<Picture> expected = newest(IndexExactnessTest::kept);

    for (int offset : List.of(0, 1, 60, 700, expected.size() - 3, expected.size(), 5000)) {
      Search.Found found = found(Search.all("anna", offset, 60));
      assertThat(found.total()).isEqualTo(expected.size());
      assertThat(found.pictures())
          .as("from " + offset)
          .isEqualTo(
              expected.subList(
                  Math.min(offset, expected.size()), Math.min(offset + 60, expected.size())));
    }
  }

  @Test
  void facets_count_all_that_is_found() {
    List<Picture> expected = newest(IndexExactnessTest::kept);

    Map<String, Map<String, Integer>> facets = found(Search.all("anna", 0, 1)).facets();

    assertThat(facets.get("model")).isEqualTo(counts(expected, p -> Stream.of(p.model())));
    assertThat(facets.get("style")).isEqualTo(counts(expected, p -> Stream.of(p.style())));
    assertThat(facets.get("sampler")).isEqualTo(counts(expected, p -> Stream.of(p.sampler())));
    assertThat(facets.get("collection")).isEqualTo(counts(expected, p -> p.collections().stream()));
    assertThat(facets.get("shape"))
        .isEqualTo(counts(expected, p -> Stream.of(p.height() > 64 ? "tall" : "square")));
  }

  @Test
  void words_must_all_be_there() {
    for (String one : WORDS) {
      for (String other : WORDS) {
        Search.Found found = found(words(one + " " + other.toUpperCase(Locale.ROOT)));

        assertThat(found.total())
            .as(one + " " + other)
            .isEqualTo(
                all(p -> kept(p) && p.phrase().contains(one) && p.phrase().contains(other))
                    .count());
        assertThat(found.pictures())
            .allMatch(p -> p.phrase().contains(one) && p.phrase().contains(other));
      }
    }
  }

  @Test
  void filters_take_away_exactly_what_they_say() {
    assertThat(
            found(filtered(Map.of("model", "other", "style", "flat"), false, false, 0)).pictures())
        .isEqualTo(newest(p -> kept(p) && p.model().equals("other") && p.style().equals("flat")));
    assertThat(
            found(filtered(Map.of("collection", "c2", "shape", "tall"), true, false, 0)).pictures())
        .isEqualTo(
            newest(p ->
                kept(p) && p.collections().contains("c2") && p.height() > 64 && p.favourite()));
    assertThat(found(filtered(Map.of(), false, true, 3)).pictures())
        .isEqualTo(newest(p -> kept(p) && p.edited() && p.rating() >= 3))
        .isNotEmpty();
  }

  @Test
  void dates_include_the_earliest_and_exclude_the_end() {
    Instant since = START.plusSeconds(300);
    Instant until = START.plusSeconds(500);

    Search.Found found =
        found(
            new Search(
                "anna",
                "",
                Map.of(),
                false,
                false,
                0,
                Optional.of(since),
                Optional.of(until),
                false,
                0,
                500));

    assertThat(found.pictures())
        .isEqualTo(
            newest(p -> kept(p) && !p.created().isBefore(since) && p.created().isBefore(until)))
        .isNotEmpty();
  }

  @Test
  void the_trash_is_apart() {
    Search trash =
        new Search(
            "anna",
            "",
            Map.of(),
            false,
            false,
            0,
            Optional.empty(),
            Optional.empty(),
            true,
            0,
            500);

    assertThat(found(trash).pictures())
        .isEqualTo(newest(p -> p.owner().equals("anna") && p.trashed()))
        .isNotEmpty();
  }

  @Test
  void of_equal_phrases_those_that_look_most_alike_come_first() {
    Entry self =
        ENTRIES.stream()
            .filter(entry -> kept(entry.picture()) && entry.picture().phrase().equals("plizk"))
            .findFirst()
            .orElseThrow();
    List<String> expected =
        ENTRIES.stream()
            .filter(entry -> kept(entry.picture()) && !entry.equals(self))
            .filter(entry -> entry.picture().phrase().equals("plizk"))
            .sorted(
                Comparator.comparingDouble((Entry entry) -> entry.look().likeness(self.look()))
                    .reversed())
            .map(entry -> entry.picture().id())
            .toList();

    List<String> similar =
        index.look(view -> view.similar(self, COUNT)).stream().map(Picture::id).toList();

    assertThat(similar).doesNotContain(self.picture().id());
    assertThat(similar.stream().filter(expected::contains)).isEqualTo(expected);
    assertThat(expected).hasSizeGreaterThan(5);
  }

  @Test
  void folder_sums_tell_the_names_in_a_folder() throws IOException {
    Map<String, Long> expected =
        ENTRIES.stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.place().folder(),
                    entry -> PictureFields.number(entry.file()),
                    Long::sum));

    assertThat(index.look(IndexView::folderSums)).isEqualTo(expected);
  }
}
