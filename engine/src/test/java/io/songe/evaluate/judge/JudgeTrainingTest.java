package io.songe.evaluate.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.songe.data.Drawing;
import io.songe.error.InvalidRequestException;
import io.songe.train.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            folder.resolve("judge"),
            progress -> {});
    assertThat(outcome).isEqualTo(Trainer.Outcome.FINISHED);
  }

  @Test
  void names_figures_in_a_style_that_it_never_saw() {
    try (Judge judge = Judge.open(folder.resolve("judge"))) {
      JudgeQuality quality =
          JudgeExamination.of(judge, JudgedDrawings.of(MATERIAL, judge));

      System.out.println(quality);
      assertThat(quality.hiddenStyles().orElseThrow().first()).isGreaterThan(.6);
    }
  }

  @Test
  void reads_labels_of_both_languages() {
    try (Judge judge = Judge.open(folder.resolve("judge"))) {
      Drawing moon = MATERIAL.drawings().get(9);
      Opinion opinion = judge.look(List.of(MATERIAL.pictures().apply(9))).getFirst();

      List<float[]> read = judge.read(List.of("moon", "lune", "square", "barre"));

      assertThat(moon.key()).isEqualTo("flat/moon");
      assertThat(opinion.cosine(read.get(0))).isGreaterThan(opinion.cosine(read.get(2)) + .3);
      assertThat(opinion.cosine(read.get(1))).isGreaterThan(opinion.cosine(read.get(3)) + .3);
    }
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

    assertThatThrownBy(
            () ->
                JudgeTraining.train(
                    few,
                    JudgeOptions.small(),
                    folder.resolve("few-run"),
                    folder.resolve("few"),
                    progress -> {}))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("needs at least 8 drawings");
    assertThat(Files.exists(folder.resolve("few"))).isFalse();
  }
}
