package io.songe.train.autoencoder;

import io.songe.checkpoint.AutoencoderFolder;
import io.songe.checkpoint.ModelParts;
import io.songe.data.Corpus;
import io.songe.error.InvalidRequestException;
import io.songe.format.StoredTensor;
import io.songe.image.Png;
import io.songe.model.vae.AutoencoderTiny;
import io.songe.model.vae.LatentScale;
import io.songe.nn.Weights;
import io.songe.tensor.Scope;
import io.songe.tensor.Variable;
import io.songe.train.AdamW;
import io.songe.train.LearningRate;
import io.songe.train.RunFolder;
import io.songe.train.Trainer;
import io.songe.train.Trainer.Outcome;
import io.songe.train.TrainingOptions;
import io.songe.train.TrainingProgress;
import io.songe.train.Uninterrupted;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;

/**
 * A whole run: trains an autoencoder in a folder, judges it on drawings that it never learned from,
 * and leaves it there as {@code vae}, in the published layout. Its latents are scaled to a standard
 * deviation of 1 on what it learned from, as diffusion wants them.
 */
public final class AutoencoderTraining {
  /** The folder with the finished autoencoder, inside the run's. */
  public static final String FINISHED = "vae";

  private static final AdamW.Options OPTIMIZER = new AdamW.Options(.9, .99, 1e-8, 1e-4);
  private static final double AVERAGING = .999;
  private static final double CLIP = 1;
  private static final long WARM_UP = 200;
  private static final double FALLS_FROM = .3;
  private static final double REST = .02;

  private final Pictures pictures;
  private final AutoencoderRecipe recipe;
  private final StartingPoint start;
  private final Reconstructions reconstructions;

  private AutoencoderTraining(Pictures pictures, AutoencoderRecipe recipe, StartingPoint start) {
    this.pictures = pictures;
    this.recipe = recipe;
    this.start = start;
    this.reconstructions = new Reconstructions(pictures);
  }

  /**
   * How a call ended.
   *
   * @param outcome why it ended
   * @param quality of the autoencoder that lies in the run's folder now; empty if the call was
   *     interrupted and so left none
   */
  public record Result(Outcome outcome, Optional<ImageQuality> quality) {}

  /** What a run tells while it goes. */
  public sealed interface Event {
    /**
     * What every run tells.
     *
     * @param progress how far it is
     */
    record Trained(TrainingProgress progress) implements Event {}

    /**
     * The autoencoder was judged.
     *
     * @param quality on drawings that it never learned from
     */
    record Judged(ImageQuality quality) implements Event {}
  }

  /**
   * Trains an autoencoder, or goes on with that.
   *
   * @param corpus what it learns from and is judged by; open meanwhile
   * @param run folder of the run
   * @param recipe how
   * @param from folder of an autoencoder that is trained further; empty to begin with random
   *     numbers
   * @param effort what the call may spend
   * @param listener is told how it goes, on the thread that works, see {@link Trainer}
   * @return how it ended
   * @throws InvalidRequestException if recipe, corpus and starting point do not fit, or the folder
   *     cannot be used; nothing was done then. And if training fails, see {@link Trainer#train}
   * @throws io.songe.error.BrokenFileException if a file cannot be read or written
   */
  public static Result train(
      Corpus corpus,
      Path run,
      AutoencoderRecipe recipe,
      Optional<Path> from,
      TrainingEffort effort,
      Consumer<Event> listener) {
    Pictures pictures = Pictures.of(corpus);
    StartingPoint start = start(recipe, from);
    requireFit(pictures, recipe, start);
    SequencedMap<String, Object> config = new LinkedHashMap<>();
    config.put("trained", "autoencoder");
    config.put("corpus", corpus.sha256());
    config.put("network", start.described());
    config.put("training", recipe.described());
    RunFolder folder = RunFolder.open(run, config, effort.resume());
    corpus.unpack();
    return new AutoencoderTraining(pictures, recipe, start).train(folder, effort, listener);
  }

  /** Trains on pictures from anywhere. */
  static Result train(
      Pictures pictures,
      RunFolder run,
      AutoencoderRecipe recipe,
      StartingPoint start,
      TrainingEffort effort,
      Consumer<Event> listener) {
    requireFit(pictures, recipe, start);
    return new AutoencoderTraining(pictures, recipe, start).train(run, effort, listener);
  }

  private static StartingPoint start(AutoencoderRecipe recipe, Optional<Path> from) {
    return from.map(StartingPoint::of).orElseGet(() -> StartingPoint.random(recipe));
  }

  private static void requireFit(Pictures pictures, AutoencoderRecipe recipe, StartingPoint start) {
    int factor = start.config().factor();
    if (pictures.side() % factor != 0) {
      throw new InvalidRequestException(
          "the pictures of a corpus for this autoencoder have sides that are multiples of %d, got %d; build the corpus at another size"
              .formatted(factor, pictures.side()));
    }
    if (recipe.crop() > pictures.side() || recipe.crop() % (2 * factor) != 0) {
      throw new InvalidRequestException(
          "squares to learn from have sides that are multiples of %d and at most %d, which the pictures have, got %d"
              .formatted(2 * factor, pictures.side(), recipe.crop()));
    }
  }

  private Result train(RunFolder run, TrainingEffort effort, Consumer<Event> listener) {
    QualityFile qualities = new QualityFile(run.path());
    Outcome outcome;
    try (AutoencoderTask task =
        new AutoencoderTask(start.unscaled(), start.weights(Map.of()), pictures, recipe)) {
      outcome =
          Trainer.train(
              task,
              run,
              options(effort),
              (file, averages) -> {
                ImageQuality quality =
                    sheet(file, averages.getOrDefault(Forger.NAME, new LinkedHashMap<>()));
                qualities.sheet(String.valueOf(file.getFileName()), quality);
                listener.accept(new Event.Judged(quality));
                return new LinkedHashMap<>();
              },
              progress -> listener.accept(new Event.Trained(progress)));
    }
    return switch (outcome) {
      case INTERRUPTED -> new Result(outcome, Optional.empty());
      case FINISHED, OUT_OF_TIME -> {
        yield new Result(outcome, Optional.of(finish(run, qualities)));
      }
    };
  }

  private TrainingOptions options(TrainingEffort effort) {
    long warmUp = Math.min(WARM_UP, recipe.steps() / 10);
    return new TrainingOptions(
        new LearningRate(recipe.rate(), warmUp, recipe.steps(), FALLS_FROM, REST),
        OPTIMIZER,
        AVERAGING,
        CLIP,
        1,
        effort.saveEvery(),
        effort.sheetEvery(),
        effort.budget());
  }

  private ImageQuality sheet(Path file, Map<String, Variable> averages) {
    Map<String, StoredTensor> changed = new LinkedHashMap<>();
    averages.forEach(
        (name, average) -> changed.put(name, StartingPoint.copy(name, average.value())));
    try (Weights weights = start.weights(changed);
        Scope _ = Scope.open()) {
      AutoencoderTiny autoencoder = start.unscaled().build(weights.parameters(recipe.dtype()));
      new Png(reconstructions.sheet(autoencoder)).write(file);
      return reconstructions.quality(autoencoder);
    }
  }

  private ImageQuality finish(RunFolder run, QualityFile qualities) {
    SequencedMap<String, StoredTensor> averages = run.savedAverages(Forger.NAME);
    try (Weights weights = start.weights(averages);
        Scope _ = Scope.open()) {
      AutoencoderTiny autoencoder = start.unscaled().build(weights.parameters(recipe.dtype()));
      LatentScale scale =
          switch (recipe.learned()) {
            case WHOLE -> LatentScale.of(1 / reconstructions.deviation(autoencoder));
            case DECODER -> start.config().scale();
          };
      ImageQuality quality = reconstructions.quality(autoencoder);
      Uninterrupted.run(() -> {
        AutoencoderFolder.write(
            run.path().resolve(FINISHED),
            new ModelParts.Network<>(start.scaled(scale), start.with(averages)));
        qualities.finished(quality);
      });
      return quality;
    }
  }
}
