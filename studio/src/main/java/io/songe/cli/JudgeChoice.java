package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.cli.terminal.ProgressBar;
import io.songe.error.InvalidRequestException;
import io.songe.evaluate.judge.Judge;
import io.songe.evaluate.judge.JudgeOptions;
import io.songe.evaluate.judge.JudgeTraining;
import io.songe.evaluate.judge.Material;
import io.songe.train.Trainer;
import io.songe.train.TrainingProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * By whom a model is judged: by the judge that is named, by the one that comes with Songe where it
 * knows the corpus's things, or by one that is trained on the corpus first and kept beside the
 * evaluation.
 */
final class JudgeChoice {
  private static final String JUDGE = "judge";
  private static final String RUN = "judge-run";

  private final Surroundings around;
  private final ProgressBar bar;
  private final Path folder;
  private final boolean small;

  JudgeChoice(Surroundings around, ProgressBar bar, Path folder, boolean small) {
    this.around = around;
    this.bar = bar;
    this.folder = folder;
    this.small = small;
  }

  /**
   * A judge.
   *
   * @param named a judge's folder, if one was given
   * @param material the corpus
   */
  Judge of(Optional<String> named, Material material) {
    if (named.isPresent()) {
      Path given = UserPath.of(named.get(), around);
      if (!Files.isDirectory(given)) {
        throw new InvalidRequestException(around.say(Text.NO_JUDGE, named.get()));
      }
      return Judge.open(given);
    }
    if (!small) {
      Optional<Judge> bundled = BundledJudge.forCorpus(material);
      if (bundled.isPresent()) {
        return bundled.get();
      }
    }
    train(material);
    return Judge.open(folder.resolve(JUDGE));
  }

  private void train(Material material) {
    JudgeOptions options = small ? JudgeOptions.small() : JudgeOptions.usual();
    bar.begin(around.say(Text.TRAINING_JUDGE), Math.toIntExact(options.steps()));
    Trainer.Outcome outcome =
        JudgeTraining.train(
            material,
            options,
            folder.resolve(RUN),
            true,
            folder.resolve(JUDGE),
            progress -> {
              if (progress instanceof TrainingProgress.Step step) {
                bar.step(Math.toIntExact(step.step()));
              }
            });
    if (outcome != Trainer.Outcome.FINISHED) {
      throw new CancellationException();
    }
    bar.end(around.say(Text.JUDGE_TRAINED, folder.resolve(JUDGE)));
  }
}
