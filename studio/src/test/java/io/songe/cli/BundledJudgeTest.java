package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.data.Caption;
import io.songe.data.Drawing;
import io.songe.data.Language;
import io.songe.evaluate.judge.Features;
import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.Material;
import io.songe.image.Colour;
import io.songe.image.Image;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BundledJudgeTest {
  private static Material showing(String... concepts) {
    List<Drawing> drawings =
        Stream.of(concepts)
            .map(concept ->
                new Drawing(
                    concept,
                    concept,
                    "",
                    "",
                    Map.of(Language.ENGLISH, new Caption("thing", List.of())),
                    "",
                    ""))
            .toList();
    return new Material(drawings, i -> Image.filled(8, 8, Colour.WHITE), "");
  }

  @Test
  void it_judges_a_corpus_whose_concepts_it_knows() {
    try (Judge judge = BundledJudge.forCorpus(showing("1F98A", "1F34E")).orElseThrow()) {
      assertThat(judge.card().config().concepts()).hasSizeGreaterThan(1800);
      assertThat(judge.card().hiddenStyles()).hasSize(2);
      assertThat(judge.card().corpusSha256()).hasSize(64);
    }
  }

  @Test
  void it_does_not_judge_what_it_does_not_know() {
    assertThat(BundledJudge.forCorpus(showing("1F98A", "my/dog", "my/cat"))).isEmpty();
  }

  @Test
  void it_reads_both_languages_alike() {
    try (Judge judge = BundledJudge.forCorpus(showing("1F98A")).orElseThrow()) {
      List<Features> read = judge.read(List.of("fox", "renard", "red apple", "pomme rouge"));

      assertThat(read.get(0).cosine(read.get(1)))
          .isGreaterThan(read.get(0).cosine(read.get(3)) + .3);
      assertThat(read.get(2).cosine(read.get(3)))
          .isGreaterThan(read.get(2).cosine(read.get(1)) + .3);
    }
  }
}
