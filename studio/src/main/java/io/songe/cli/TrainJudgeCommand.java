package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.data.Corpus;
import io.songe.evaluate.judge.JudgeOptions;
import io.songe.evaluate.judge.JudgeTraining;
import io.songe.evaluate.judge.Material;
import io.songe.train.Trainer.Outcome;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe train judge}: trains the network that says what pictures show. */
@Command(name = "judge", sortOptions = false, abbreviateSynopsis = true)
final class TrainJudgeCommand implements Callable<Integer> {
  /** Of a training's folder. */
  private static final String JUDGE = "judge";

  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "${bundle:label.corpus}", descriptionKey = "corpus")
  private String corpus = "";

  @Parameters(index = "1", paramLabel = "${bundle:label.folder}", descriptionKey = "run")
  private String run = "";

  @Option(names = "--resume")
  private boolean resume;

  @Option(names = "--steps", paramLabel = "N")
  private @Nullable Long steps;

  @Option(names = "--smoke")
  private boolean smoke;

  @Mixin private EngineOptions engine = new EngineOptions();

  TrainJudgeCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    engine.prepare(around);
    Path folder = UserPath.of(run, around);
    Path judge = folder.resolve(JUDGE);
    try (Corpus drawings = Corpus.open(UserPath.of(corpus, around));
        TrainingBar bar = new TrainingBar(around)) {
      Outcome outcome =
          JudgeTraining.train(
              Material.of(drawings),
              options(),
              folder,
              resume,
              judge,
              progress -> bar.trained(around.say(Text.TRAINING_JUDGE), progress));
      if (outcome == Outcome.FINISHED) {
        around.print(around.say(Text.JUDGE_TRAINED, Printable.line(judge.toString())));
        return ExitCode.DONE.number();
      }
      around.print(around.say(Text.TRAINING_PAUSED));
      return ExitCode.CANCELLED.number();
    }
  }

  private JudgeOptions options() {
    JudgeOptions usual = smoke ? JudgeOptions.small() : JudgeOptions.usual();
    return steps == null ? usual : usual.withSteps(steps);
  }
}
