package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.data.Corpus;
import io.songe.train.Trainer.Outcome;
import io.songe.train.autoencoder.AutoencoderTraining;
import io.songe.train.autoencoder.AutoencoderTraining.Event;
import io.songe.train.autoencoder.AutoencoderTraining.Result;
import io.songe.train.autoencoder.ImageQuality;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe train autoencoder}: trains the network between pictures and latents. */
@Command(name = "autoencoder", sortOptions = false, abbreviateSynopsis = true)
final class TrainAutoencoderCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "${bundle:label.corpus}", descriptionKey = "corpus")
  private String corpus = "";

  @Parameters(index = "1", paramLabel = "${bundle:label.folder}", descriptionKey = "run")
  private String run = "";

  @Option(names = "--from", paramLabel = "${bundle:label.model}")
  private @Nullable String from;

  @Option(names = "--resume")
  private boolean resume;

  @Mixin private AutoencoderOptions options = new AutoencoderOptions();
  @Mixin private EngineOptions engine = new EngineOptions();

  TrainAutoencoderCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    engine.prepare(around);
    Path folder = UserPath.of(run, around);
    Optional<Path> beginning = Optional.ofNullable(from).map(new Shelves(around)::model);
    var recipe = options.recipe(beginning.isPresent(), around);
    var effort = options.effort(resume, around);
    try (Corpus drawings = Corpus.open(UserPath.of(corpus, around));
        TrainingBar bar = new TrainingBar(around)) {
      return ended(
          AutoencoderTraining.train(
              drawings, folder, recipe, beginning, effort, event -> tell(event, bar)),
          folder);
    }
  }

  private void tell(Event event, TrainingBar bar) {
    switch (event) {
      case Event.Trained(var progress) -> bar.trained(around.say(Text.LEARNING_TO_COPY), progress);
      case Event.Judged(ImageQuality quality) -> bar.above(said(quality));
    }
  }

  private int ended(Result result, Path folder) {
    return switch (result.outcome()) {
      case INTERRUPTED -> {
        around.print(around.say(Text.TRAINING_PAUSED));
        yield ExitCode.CANCELLED.number();
      }
      case FINISHED, OUT_OF_TIME -> {
        result.quality().map(this::said).ifPresent(around::print);
        Path finished = folder.resolve(AutoencoderTraining.FINISHED);
        around.print(around.say(Text.AUTOENCODER_TRAINED, Printable.line(finished.toString())));
        if (result.outcome() != Outcome.FINISHED) {
          around.print(around.say(Text.TRAINING_PAUSED));
        }
        yield ExitCode.DONE.number();
      }
    };
  }

  private String said(ImageQuality quality) {
    return around.say(Text.COPIED_WITH, quality.psnr(), quality.ssim(), quality.edgeError() * 100);
  }
}
