package io.songe.data.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Holdout;
import io.songe.data.Holdout.Part;
import io.songe.data.Language;
import io.songe.data.compose.Composition.Kind;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposerTest {
  private static final FakeDrawings FAKE = new FakeDrawings();

  private static Composer composer(Map<Kind, Double> shares, long seed) {
    return new Composer(
        FAKE.drawings(), FAKE::picture, FakeDrawings.SIDE, Part.TRAINING, shares, seed);
  }

  private static Composer only(Kind kind) {
    return composer(Map.of(kind, 1.0), 1);
  }

  @ParameterizedTest
  @EnumSource
  void a_position_has_one_composition_whatever_was_made_before(Kind kind) {
    List<Composition> forwards = LongStream.range(0, 20).mapToObj(only(kind)::at).toList();
    Composer another = only(kind);
    List<Composition> together =
        LongStream.range(0, 20).parallel().map(i -> 19 - i).mapToObj(another::at).toList();

    for (int i = 0; i < 20; i++) {
      Composition one = forwards.get(i);
      Composition same = together.get(19 - i);
      assertThat(same.image()).isEqualTo(one.image());
      assertThat(same.drawings()).isEqualTo(one.drawings());
      assertThat(same.caption(Language.FRENCH, i)).isEqualTo(one.caption(Language.FRENCH, i));
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_kind_is_made_where_it_alone_is_asked_for(Kind kind) {
    Composer composer = only(kind);

    assertThat(IntStream.range(0, 50).mapToObj(composer::at))
        .allSatisfy(composition -> {
          assertThat(composition.kind()).isEqualTo(kind);
          assertThat(composition.image().width()).isEqualTo(FakeDrawings.SIDE);
          assertThat(composition.image().height()).isEqualTo(FakeDrawings.SIDE);
          assertThat(composition.languages()).containsOnly(Language.values());
        });
  }

  @Test
  void another_seed_gives_another_row() {
    Composer one = composer(Composer.usualShares(), 1);
    Composer other = composer(Composer.usualShares(), 2);

    assertThat(IntStream.range(0, 20).mapToObj(i -> one.at(i).image()).toList())
        .isNotEqualTo(IntStream.range(0, 20).mapToObj(i -> other.at(i).image()).toList());
  }

  @Test
  void kinds_appear_as_often_as_their_shares_say() {
    Composer composer = composer(Map.of(Kind.PLAIN, 3.0, Kind.COUNTED, 1.0), 3);
    Map<Kind, Integer> seen = new EnumMap<>(Kind.class);

    for (int i = 0; i < 2000; i++) {
      seen.merge(composer.at(i).kind(), 1, Integer::sum);
    }

    assertThat(seen).containsOnlyKeys(Kind.PLAIN, Kind.COUNTED);
    // A quarter of 2000, give or take four standard deviations.
    assertThat(seen.get(Kind.COUNTED)).isBetween(422, 578);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "UNSEEN_PAIR")
  void drawings_are_of_the_part_asked_for(Part part) {
    Set<Integer> allowed = new HashSet<>(Holdout.of(FAKE.drawings()).drawings(part));
    Composer composer =
        new Composer(
            FAKE.drawings(), FAKE::picture, FakeDrawings.SIDE, part, Composer.usualShares(), 1);

    for (int i = 0; i < 200; i++) {
      assertThat(allowed).containsAll(composer.at(i).drawings());
    }
  }

  @Test
  void a_recoloured_drawing_looks_like_the_colour_that_its_captions_name() {
    Composer composer = only(Kind.RECOLOURED);
    Set<String> seen = new HashSet<>();

    for (int i = 0; i < 400; i++) {
      Composition composition = composer.at(i);
      Tint tint = Tint.named(composition.tint()).orElseThrow();
      seen.add(composition.tint());
      assertThat(Tint.nearest(Cutout.mean(composition.image()))).isEqualTo(tint);
      assertThat(composition.caption(Language.ENGLISH, i)).contains(tint.english());
      assertThat(composition.caption(Language.FRENCH, i))
          .containsAnyOf(
              tint.agreeing(FrenchNoun.Gender.MASCULINE),
              tint.agreeing(FrenchNoun.Gender.FEMININE));
    }

    assertThat(seen).hasSize(Tint.values().length - 1);
  }

  @Test
  void what_has_a_colour_in_its_name_is_given_no_other() {
    Composer composer = only(Kind.RECOLOURED);

    for (int i = 0; i < 300; i++) {
      assertThat(composer.at(i).caption(Language.ENGLISH, i)).doesNotContain("apple", "black cat");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "SMALL", "COUNTED"})
  void a_caption_names_no_colour_that_the_drawing_does_not_have(Kind kind) {
    Composer composer = only(kind);

    for (int i = 0; i < 300; i++) {
      Composition composition = composer.at(i);
      Drawing drawing = FAKE.drawings().get(composition.drawings().getFirst());
      for (Language language : Language.values()) {
        String own = FakeDrawings.label(drawing, language);
        String caption = composition.caption(language, i).replace(own, "");
        assertThat(ColourWords.in(caption) && !ColourWords.in(own)).as(caption).isFalse();
      }
      assertThat(composition.tint()).isEmpty();
    }
  }

  @Test
  void a_ground_is_opaque_and_of_the_colour_named() {
    Composer composer = only(Kind.BACKGROUND);

    for (int i = 0; i < 200; i++) {
      Composition composition = composer.at(i);
      assertThat(composition.image().hasTransparency()).isFalse();
      String caption = composition.caption(Language.ENGLISH, i);
      if (caption.contains(composition.tint() + " background")
          && !caption.contains("striped")
          && !caption.contains("checkered")) {
        Colour corner = composition.image().at(0, 0);
        assertThat(Tint.nearest(corner).english()).as(caption).isEqualTo(composition.tint());
      }
    }
  }

  @Test
  void captions_vary() {
    Composition composition = only(Kind.RELATED).at(3);

    assertThat(
            LongStream.range(0, 100)
                .mapToObj(choice -> composition.caption(Language.ENGLISH, choice))
                .distinct())
        .hasSizeGreaterThan(15);
  }

  @Test
  void the_style_is_named_in_four_of_five_captions() {
    Composition composition = only(Kind.PLAIN).at(0);
    String style = FAKE.drawings().get(composition.drawings().getFirst()).style();

    long styled =
        LongStream.range(0, 1000)
            .filter(i -> composition.caption(Language.FRENCH, i).contains("style " + style))
            .count();

    assertThat(styled).isBetween(750L, 850L);
  }

  @Test
  void pictures_of_which_only_a_sentence_is_known_stay_as_they_are() {
    List<Drawing> own =
        List.of(
            own("a", "A photo of my dog on the lawn"),
            own("b", "The beach in winter"),
            own("c", "My left hand"));
    var composer =
        new Composer(
            own, FAKE::picture, FakeDrawings.SIDE, Part.TRAINING, Composer.usualShares(), 1);

    for (int i = 0; i < 60; i++) {
      Composition composition = composer.at(i);
      int drawing = composition.drawings().getFirst();
      assertThat(composition.kind()).isEqualTo(Kind.PLAIN);
      assertThat(composition.image()).isEqualTo(FAKE.picture(drawing));
      String sentence = FakeDrawings.label(own.get(drawing), Language.ENGLISH);
      assertThat(composition.caption(Language.FRENCH, i)).contains(sentence);
    }
  }

  private static Drawing own(String key, String sentence) {
    return new Drawing(
        key, key, "", "", Map.of(Language.ENGLISH, new Caption(sentence, List.of())), "", "");
  }

  @ParameterizedTest
  @EnumSource
  void only_wanted_drawings_appear(Kind kind) {
    Composer animals =
        new Composer(
            FAKE.drawings(),
            FAKE::picture,
            FakeDrawings.SIDE,
            Part.TRAINING,
            drawing -> drawing.group().equals("animals-nature"),
            Map.of(kind, 1.0),
            1);

    assertThat(LongStream.range(0, 40).mapToObj(animals::at))
        .flatExtracting(Composition::drawings)
        .extracting(position -> FAKE.drawings().get(position).group())
        .containsOnly("animals-nature");
  }

  @Test
  void a_part_without_drawings_is_refused() {
    assertThatThrownBy(() ->
            new Composer(
                FAKE.drawings(),
                FAKE::picture,
                FakeDrawings.SIDE,
                Part.UNSEEN_PAIR,
                Composer.usualShares(),
                1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "the corpus has no drawings in its part UNSEEN_PAIR; it has %d in all; give it more drawings",
            FAKE.drawings().size());
  }

  @Test
  void shares_that_are_none_are_refused() {
    assertThatThrownBy(() -> composer(Map.of(Kind.PLAIN, -1.0), 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("a share is a number of at least 0, got {PLAIN=-1.0}");
    assertThatThrownBy(() -> composer(Map.of(Kind.PLAIN, 0.0), 1))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("at least one share must be above 0, got {PLAIN=0.0}");
  }
}
