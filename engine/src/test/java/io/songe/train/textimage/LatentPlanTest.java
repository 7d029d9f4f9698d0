package io.songe.train.textimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.songe.data.Corpus;
import io.songe.data.Groups;
import io.songe.data.TestCorpus;
import io.songe.data.compose.Composition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentPlanTest {
  @TempDir Path folder;
  private Corpus corpus;

  @BeforeEach
  void open() {
    corpus = TestCorpus.open(folder.resolve("corpus"), 32, 4);
  }

  @AfterEach
  void close() {
    corpus.close();
  }

  private static LatentPlan plan(Condition condition, Map<Composition.Kind, Double> shares) {
    return new LatentPlan(condition, 32, 20, 6, shares, Groups.all(), 1);
  }

  @Test
  void a_class_is_called_by_one_name_and_shown_alone() {
    LatentPlan plan = plan(Condition.CLASS, LatentPlan.usualShares(Condition.CLASS));
    CaptionedPicture.Row row = plan.row(corpus);

    for (int i = 0; i < 10; i++) {
      CaptionedPicture picture = row.at(i);
      assertThat(picture.captions())
          .containsExactly(
              LatentPlan.className(corpus.drawings().get(picture.drawing().orElseThrow())));
    }
  }

  @Test
  void without_a_condition_there_is_nothing_to_be_told() {
    CaptionedPicture.Row row =
        plan(Condition.NONE, LatentPlan.usualShares(Condition.NONE)).row(corpus);

    assertThat(row.at(3).captions()).containsExactly("");
  }

  @Test
  void another_part_of_the_pictures_may_be_composed() {
    Map<Composition.Kind, Double> few = LatentPlan.shares(.2);

    assertThat(few.get(Composition.Kind.PLAIN)).isEqualTo(.8);
    assertThat(few.values().stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-12));
    assertThat(few.get(Composition.Kind.RELATED)).isCloseTo(.06, within(1e-12));
    assertThat(LatentPlan.shares(.5))
        .allSatisfy((kind, share) ->
            assertThat(share)
                .isCloseTo(LatentPlan.usualShares(Condition.TEXT).get(kind), within(1e-12)));
  }

  @Test
  void each_kind_of_composition_may_have_its_part() {
    assertThat(
            LatentPlan.shares(
                Map.of(Composition.Kind.BACKGROUND, .25, Composition.Kind.RECOLOURED, .25)))
        .isEqualTo(
            Map.of(
                Composition.Kind.PLAIN,
                .5,
                Composition.Kind.RECOLOURED,
                .25,
                Composition.Kind.BACKGROUND,
                .25));
  }

  @Test
  void captions_are_in_both_languages() {
    LatentPlan six = plan(Condition.TEXT, Map.of(Composition.Kind.BACKGROUND, 1.0));

    List<String> captions = six.row(corpus).at(0).captions();

    assertThat(captions).hasSize(6);
    assertThat(captions).anyMatch(caption -> caption.contains("fond"));
    assertThat(captions).anyMatch(caption -> caption.contains("background"));
  }
}
