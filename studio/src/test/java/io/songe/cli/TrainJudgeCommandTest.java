package io.songe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.JudgeOptions;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainJudgeCommandTest {
  @TempDir static Path folder;

  private static String corpus = "";

  @BeforeAll
  static void build() {
    corpus = folder.resolve("corpus").toString();
    assertThat(Run.songe("corpus", "build", "--shapes", "8", "--size", "64", corpus).code())
        .isZero();
  }

  private static Run train(Path run, String... more) {
    Map<String, String> usual = Map.of("--smoke", "", "--threads", "=1");
    return Run.songe(
        TrainingCommandLine.of("judge", Path.of(corpus), run, usual, more).toArray(String[]::new));
  }

  @Test
  void a_judge_is_written_that_knows_what_the_corpus_shows() {
    Path run = folder.resolve("run");

    Run trained = train(run, "--steps=10");

    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out()).contains(run.resolve("judge").toString());
    try (Judge judge = Judge.open(run.resolve("judge"))) {
      assertThat(judge.card().config().concepts()).contains("heart", "star");
      assertThat(judge.card().steps()).isEqualTo(10);
    }
  }

  @Test
  void a_training_that_is_there_is_gone_on_with_only_if_asked() {
    Path run = folder.resolve("again");
    assertThat(train(run, "--steps=4").code()).isZero();

    Run refused = train(run, "--steps=4");
    Run resumed = train(run, "--steps=4", "--resume");
    Run longer = train(run, "--steps=5", "--resume");

    assertThat(refused.code()).isEqualTo(ExitCode.MISTAKE.number());
    assertThat(refused.err()).contains("holds a run already, of 4 steps").hasLineCount(1);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(longer.err()).contains("steps is 5, was 4");
  }

  @Test
  void the_help_tells_the_usual_steps() {
    String usual = String.valueOf(JudgeOptions.usual().steps());

    assertThat(Run.songe("train", "judge", "--help").out()).contains("(default: " + usual + ")");
    assertThat(new Run.Setting().in(Locale.FRENCH).run("train", "judge", "--help").out())
        .contains("(par défaut : " + usual + ")");
  }
}
