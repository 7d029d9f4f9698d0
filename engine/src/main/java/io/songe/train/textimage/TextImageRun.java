package io.songe.train.textimage;

import io.songe.checkpoint.DrawingStyle;
import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.TaughtThings;
import io.songe.data.Drawing;
import io.songe.format.StoredTensor;
import io.songe.tensor.DType;
import io.songe.tensor.Scope;
import io.songe.tensor.Variable;
import io.songe.train.LearningRate;
import io.songe.train.RunFolder;
import io.songe.train.SampleSheet;
import io.songe.train.Trainer;
import io.songe.train.Trainer.Outcome;
import io.songe.train.TrainingOptions;
import io.songe.train.TrainingProgress;
import io.songe.train.Uninterrupted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The whole training of a text-to-image model in a run's folder, which also gets
 *
 * <pre>
 * latents/   pictures encoded once, unless they are kept elsewhere
 * words/     the run in which the text encoder learns words, if some are of several drawings
 * model/     the model as it is by now, complete
 * </pre>
 *
 * @param plan what is made
 * @param materials what it is made of
 * @param folder of the run
 * @param latents folder for the latents, which several runs may share
 * @param settings what the model says of itself and how it is written
 * @param threads that compose pictures, at least 1
 */
public record TextImageRun(
    TextImagePlan plan,
    TextImageMaterials materials,
    Path folder,
    Path latents,
    Settings settings,
    int threads) {
  /** As captions say a style. */
  private static final Map<String, String> STYLE_PHRASES =
      Map.of("en", "{prompt}, {style} style", "fr", "{prompt}, style {style}");

  private static final String MODEL = "model";
  private static final String WORDS = "words";
  private static final double RATE_OF_WORDS = 1e-3;
  private static final int USUAL_STEPS = 20;

  /** Where guidance begins with noise alone it overexposes. Lin et al. 2023, section 3.4. */
  private static final double RESCALE_FROM_NOISE_ALONE = 0.7;

  /**
   * What the model says of itself.
   *
   * @param name of the model
   * @param licence of the weights, or {@code unknown}
   * @param dtype in which weights are written: FLOAT32, BFLOAT16 or FLOAT16
   */
  public record Settings(String name, String licence, DType dtype) {}

  /** Is told how it goes, on whichever thread is at work; never on two at once. */
  public interface Listener {
    /**
     * Pictures were encoded.
     *
     * @param done how many there are by now
     * @param count of all
     */
    void encoded(int done, int count);

    /**
     * The text encoder's own training goes on.
     *
     * @param progress of that run
     */
    void words(TrainingProgress progress);

    /**
     * The training of both networks goes on.
     *
     * @param progress of this run
     */
    void drawing(TrainingProgress progress);
  }

  /** Draws a sheet of samples. */
  @FunctionalInterface
  public interface Preview {
    /**
     * Draws.
     *
     * @param model folder of the model as it is by now
     * @param file to be written, a PNG
     */
    void draw(Path model, Path file);
  }

  /** {@return where the model is} */
  public Path model() {
    return folder.resolve(MODEL);
  }

  /**
   * Trains, from the beginning or from where it was left.
   *
   * @param resume whether a run may be there already
   * @param preview draws samples
   * @param listener is told how it goes
   * @return why it returned; in each case the model is written, unless only latents were made and
   *     words learned yet
   * @throws io.songe.error.InvalidRequestException if the materials do not go together, a run of
   *     another configuration is there, or a loss is not finite
   * @throws io.songe.error.BrokenFileException if a file is damaged or cannot be written
   * @throws java.util.concurrent.CancellationException if the thread was interrupted while latents
   *     were made
   */
  public Outcome train(boolean resume, Preview preview, Listener listener) {
    long began = System.nanoTime();
    materials.requireFit(plan);
    LatentRecipe recipe = materials.recipe(plan);
    RunFolder run = RunFolder.open(folder, materials.config(plan), resume);
    var making =
        new LatentMaking(
            recipe,
            plan.latents().row(materials.corpus()),
            materials.tokenizer().tokenizer(),
            materials.autoencoder().network());
    Optional<LatentShards> made =
        making.make(
            latents,
            threads,
            () -> timeLeft(began).map(Duration::isPositive).orElse(true),
            done -> listener.encoded(done, recipe.count()));
    if (made.isEmpty()) {
      return Outcome.OUT_OF_TIME;
    }
    try (LatentShards samples = made.orElseThrow();
        TextImageNetworks networks = materials.networks(plan)) {
      if (run.savedSteps() == 0 && plan.words() > 0 && materials.hasConcepts()) {
        Outcome learned = learnWords(networks, samples, began, listener);
        if (learned != Outcome.FINISHED) {
          return learned;
        }
      }
      return draw(run, networks, samples, began, preview, listener);
    }
  }

  private Optional<Duration> timeLeft(long began) {
    Duration spent = Duration.ofNanos(System.nanoTime() - began);
    return plan.training().budget().map(budget -> budget.minus(spent));
  }

  private Outcome learnWords(
      TextImageNetworks networks, LatentShards samples, long began, Listener listener) {
    RunFolder run = RunFolder.open(folder.resolve(WORDS), materials.config(plan), true);
    LearningRate rate =
        new LearningRate(RATE_OF_WORDS, Math.min(100, plan.words() / 4), plan.words(), 0, .05);
    Outcome outcome;
    try (WordTask task =
        new WordTask(
            networks,
            samples,
            materials.corpus().drawings(),
            TextImagePlan.WORDS_TOGETHER,
            plan.learning().seed(),
            plan.learning().dtype())) {
      outcome =
          Trainer.train(task, run, options(rate, 1, 0, began), SampleSheet.NONE, listener::words);
    }
    if (outcome == Outcome.FINISHED) {
      Map<String, StoredTensor> learned = run.savedAverages(WordTask.PLAYER);
      try (Scope _ = Scope.open()) {
        networks
            .text()
            .variables()
            .forEach((name, variable) -> variable.set(WordTask.ofText(learned, name).toTensor()));
      }
    }
    return outcome;
  }

  private Outcome draw(
      RunFolder run,
      TextImageNetworks networks,
      LatentShards samples,
      long began,
      Preview preview,
      Listener listener) {
    TextImageExport export = export(networks, samples.scale());
    var task =
        new TextToImageTask(
            networks, samples, plan.learning(), materials.tokenizer().tokenizer().truncated(""));
    Outcome outcome =
        Trainer.train(
            task,
            run,
            options(
                plan.training().rate(),
                plan.training().parts(),
                plan.training().sheetEvery(),
                began),
            (file, averages) -> {
              Map<String, Variable> model = averages.values().iterator().next();
              export.write(model(), TextImageExport.stored(model));
              preview.draw(model(), file);
              return captionUse(networks, model, samples);
            },
            listener::drawing);
    Uninterrupted.run(() -> export.write(model(), run.savedAverages(TextToImageTask.PLAYER)));
    return outcome;
  }

  /** Of the averages, which are what is drawn with. */
  private SequencedMap<String, Double> captionUse(
      TextImageNetworks learning, Map<String, Variable> averages, LatentShards samples) {
    try (TextImageNetworks averaged = learning.withValues(averages);
        Scope _ = Scope.open()) {
      TextToImageOptions options = plan.learning();
      return CaptionUse.of(
          averaged.noisePredictor(options.dtype()),
          averaged.textEncoder(options.dtype()),
          samples,
          new Noising(options.scheduler()));
    }
  }

  private TrainingOptions options(LearningRate rate, int parts, long sheetEvery, long began) {
    TrainingOptions asked = plan.training();
    return new TrainingOptions(
        rate,
        asked.optimizer(),
        asked.averaging(),
        asked.clip(),
        parts,
        asked.saveEvery(),
        sheetEvery,
        timeLeft(began).map(TextImageRun::positive));
  }

  private static Duration positive(Duration left) {
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private TextImageExport export(TextImageNetworks networks, double scale) {
    List<DrawingStyle> styles =
        plan.latents().condition() == Condition.TEXT
            ? materials.corpus().drawings().stream()
                .map(Drawing::style)
                .filter(style -> !style.isEmpty())
                .distinct()
                .sorted()
                .map(style -> new DrawingStyle(style, STYLE_PHRASES))
                .toList()
            : List.of();
    return new TextImageExport(
        new ModelCard(
            settings.name(),
            settings.licence(),
            styles,
            things(),
            plan.latents().side(),
            USUAL_STEPS,
            guidance(),
            plan.learning().scheduler().zeroTerminalSignal() ? RESCALE_FROM_NOISE_ALONE : 0,
            Optional.empty()),
        plan.learning().scheduler(),
        networks.textConfig(),
        networks.unetConfig(),
        materials.autoencoder(scale),
        materials.tokenizer(),
        settings.dtype());
  }

  private TaughtThings things() {
    return plan.latents().condition() == Condition.TEXT
        ? TaughtNames.of(materials.corpus().drawings(), plan.latents().groups())
        : TaughtThings.UNSAID;
  }

  private double guidance() {
    return switch (plan.latents().condition()) {
      case NONE -> 1;
      case CLASS, TEXT -> 4;
    };
  }
}
