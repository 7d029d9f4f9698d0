package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.data.Drawing;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTrainingTest {
  private static final Material MATERIAL = TestDrawings.material();

  @TempDir static Path folder;

  @BeforeAll
  static void train() {
    Trainer.Outcome outcome =
        JudgeTraining.train(
            MATERIAL,
            JudgeOptions.small(),
            folder.resolve("run"),
            false,
            folder.resolve("judge"),
            progress -> {});
    assertThat(outcome).isEqualTo(Trainer.Outcome.FINISHED);
  }

  @Test
  void names_figures_in_a_style_that_it_never_saw() {
    try (Judge judge = Judge.open(folder.resolve("judge"))) {
      JudgeQuality quality = JudgeExamination.of(judge, JudgedDrawings.of(MATERIAL, judge));

      assertThat(quality.hiddenStyles().orElseThrow().first()).isGreaterThan(.6);
    }
  }

  @Test
  void reads_labels_of_both_languages() {
    try (Judge judge = Judge.open(folder.resolve("judge"))) {
      Drawing moon = MATERIAL.drawings().get(9);
      Opinion opinion = judge.look(List.of(MATERIAL.pictures().apply(9))).getFirst();

      List<Features> read = judge.read(List.of("moon", "lune", "square", "barre"));

      assertThat(moon.key()).isEqualTo("flat/moon");
      assertThat(opinion.cosine(read.get(0))).isGreaterThan(opinion.cosine(read.get(2)) + .3);
      assertThat(opinion.cosine(read.get(1))).isGreaterThan(opinion.cosine(read.get(3)) + .3);
    }
  }

  @Test
  void finds_things_drawn_in_another_style_more_often_than_pixels_do() {
    try (Judge judge = Judge.open(folder.resolve("judge"))) {
      JudgeQuality quality = JudgeExamination.of(judge, JudgedDrawings.of(MATERIAL, judge));

      assertThat(quality.styles()).hasSize(8); // each of four styles to the hidden one and back
      assertThat(mean(quality, StylePair::judge)).isGreaterThan(mean(quality, StylePair::pixels));
    }
  }

  private static double mean(JudgeQuality quality, Function<StylePair, Retrieval> of) {
    return Retrieval.mean(quality.styles().stream().map(of).toList()).first();
  }

  @Test
  void the_same_training_gives_the_same_judge() {
    for (String name : List.of("once", "again")) {
      JudgeTraining.train(
          MATERIAL,
          JudgeOptions.small().withSteps(5),
          folder.resolve(name + "-run"),
          false,
          folder.resolve(name),
          progress -> {});
    }

    try (Judge once = Judge.open(folder.resolve("once"));
        Judge again = Judge.open(folder.resolve("again"))) {
      assertThat(again.card().weightsSha256()).isEqualTo(once.card().weightsSha256());
    }
  }

  @Test
  void weights_of_another_judge_are_refused() throws IOException {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.copy(folder.resolve("judge/judge.safetensors"), broken.resolve("judge.safetensors"));
    String card = Files.readString(folder.resolve("judge/judge.json"));
    Files.writeString(
        broken.resolve("judge.json"), card.replace("\"features\": 48", "\"features\": 47"));

    assertThatThrownBy(() -> Judge.open(broken))
        .isInstanceOf(BrokenFileException.class)
        .hasMessageContaining("judge.safetensors: tensor pictures.projection.weight is");
  }

  @Test
  void a_folder_without_a_judge_is_refused() {
    assertThatThrownBy(() -> Judge.open(folder.resolve("run")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("is no judge: it has no judge.json");
  }

  @Test
  void too_few_drawings_are_refused() {
    Material few = new Material(MATERIAL.drawings().subList(0, 5), MATERIAL.pictures(), "");

    assertThatThrownBy(() ->
            JudgeTraining.train(
                few,
                JudgeOptions.small(),
                folder.resolve("few-run"),
                false,
                folder.resolve("few"),
                progress -> {}))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("needs at least 8 drawings");
    assertThat(Files.exists(folder.resolve("few"))).isFalse();
  }
}
