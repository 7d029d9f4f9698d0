package io.songe.cli;

import io.songe.checkpoint.AutoencoderFolder;
import io.songe.checkpoint.Checkpoint;
import io.songe.checkpoint.ModelParts;
import io.songe.checkpoint.StoredTokenizer;
import io.songe.cli.messages.Text;
import io.songe.data.Corpus;
import io.songe.error.InvalidRequestException;
import io.songe.tensor.Backend;
import io.songe.tensor.DType;
import io.songe.train.Trainer.Outcome;
import io.songe.train.TrainingProgress;
import io.songe.train.textimage.GrownUNet;
import io.songe.train.textimage.LatentPlan;
import io.songe.train.textimage.TextImageMaterials;
import io.songe.train.textimage.TextImagePlan;
import io.songe.train.textimage.TextImageRun;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe train diffusion}: trains a text encoder and a U-Net on a corpus. */
@Command(name = "diffusion", sortOptions = false, abbreviateSynopsis = true)
final class TrainDiffusionCommand implements Callable<Integer> {
  private static final Map<String, DType> STORAGES =
      Map.of("fp32", DType.FLOAT32, "bf16", DType.BFLOAT16, "fp16", DType.FLOAT16);

  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "${bundle:label.corpus}", descriptionKey = "corpus")
  private String corpus = "";

  @Parameters(index = "1", paramLabel = "${bundle:label.folder}", descriptionKey = "run")
  private String run = "";

  @Option(names = "--autoencoder", required = true, paramLabel = "${bundle:label.folder}")
  private String autoencoder = "";

  @Option(names = "--tokenizer", paramLabel = "${bundle:label.folder}")
  private @Nullable String tokenizer;

  @Option(names = "--from", paramLabel = "${bundle:label.model}")
  private @Nullable String from;

  @Option(names = "--grow")
  private boolean grow;

  @Option(names = "--latents", paramLabel = "${bundle:label.folder}")
  private @Nullable String latents;

  @Option(names = "--prompts", paramLabel = "${bundle:label.path}")
  private @Nullable String prompts;

  @Option(names = "--name", paramLabel = "${bundle:label.name}")
  private @Nullable String name;

  @Option(names = "--licence", paramLabel = "${bundle:label.name}")
  private String licence = "unknown";

  @Option(names = "--storage", paramLabel = "${bundle:label.storage}")
  private String storage = "bf16";

  @Option(names = "--resume")
  private boolean resume;

  @Mixin private DiffusionPlanOptions options = new DiffusionPlanOptions();
  @Mixin private EngineOptions engine = new EngineOptions();

  TrainDiffusionCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    engine.prepare(around);
    try (Corpus drawings = Corpus.open(UserPath.of(corpus, around));
        AutoencoderFolder pictures =
            AutoencoderFolder.open(new Shelves(around).model(autoencoder), options.dtype())) {
      if (from != null) {
        try (Checkpoint model = Checkpoint.open(new Shelves(around).model(from), DType.FLOAT32)) {
          StoredTokenizer words = tokenizer == null ? StoredTokenizer.of(model) : opened(tokenizer);
          ModelParts known = model.parts();
          ModelParts grown = grow ? GrownUNet.in(known, options.seed()) : known;
          return train(drawings, pictures, words, Optional.of(options.attending(grown, around)));
        }
      }
      if (grow) {
        throw new InvalidRequestException(around.say(Text.NOTHING_TO_GROW));
      }
      if (tokenizer != null) {
        return train(drawings, pictures, opened(tokenizer), Optional.empty());
      }
      try (LearntWords words = LearntWords.of(drawings, around)) {
        return train(drawings, pictures, words.tokenizer(), Optional.empty());
      }
    }
  }

  private StoredTokenizer opened(String name) {
    return StoredTokenizer.open(new Shelves(around).model(name));
  }

  private int train(
      Corpus drawings,
      AutoencoderFolder pictures,
      StoredTokenizer words,
      Optional<ModelParts> beginning) {
    TextImagePlan plan = options.plan(drawings, beginning, around);
    Path folder = UserPath.of(run, around);
    var training =
        new TextImageRun(
            plan,
            new TextImageMaterials(drawings, pictures, words, beginning),
            folder,
            latents == null ? folder.resolve("latents") : UserPath.of(latents, around),
            settings(folder),
            Backend.threads());
    SamplePrompts samples = samples(plan, drawings);
    try (TrainingBar bar = new TrainingBar(around)) {
      Outcome outcome = training.train(resume, samples::draw, listener(bar));
      around.print(
          switch (outcome) {
            case FINISHED -> around.say(Text.TRAINED, Printable.line(training.model().toString()));
            case OUT_OF_TIME, INTERRUPTED -> around.say(Text.TRAINING_PAUSED);
          });
      return switch (outcome) {
        case FINISHED, OUT_OF_TIME -> ExitCode.DONE.number();
        case INTERRUPTED -> ExitCode.CANCELLED.number();
      };
    }
  }

  private TextImageRun.Settings settings(Path folder) {
    DType stored =
        Optional.ofNullable(STORAGES.get(storage))
            .orElseThrow(
                () -> new InvalidRequestException(around.say(Text.UNKNOWN_STORAGE, storage)));
    return new TextImageRun.Settings(
        name == null ? String.valueOf(folder.toAbsolutePath().normalize().getFileName()) : name,
        licence,
        stored);
  }

  /** Of another row of pictures than that which is learned from. */
  private SamplePrompts samples(TextImagePlan plan, Corpus drawings) {
    if (prompts != null) {
      return SamplePrompts.read(UserPath.of(prompts, around), around);
    }
    LatentPlan learned = plan.latents();
    return SamplePrompts.of(
        new LatentPlan(
                learned.condition(),
                learned.side(),
                learned.count(),
                learned.captions(),
                learned.shares(),
                learned.groups(),
                learned.seed() + 1)
            .row(drawings));
  }

  private TextImageRun.Listener listener(TrainingBar bar) {
    return new TextImageRun.Listener() {
      @Override
      public void encoded(int done, int count) {
        bar.counted(around.say(Text.ENCODING_PICTURES), done, count);
      }

      @Override
      public void words(TrainingProgress progress) {
        if (!(progress instanceof TrainingProgress.Sheet)) { // words have nothing to show
          bar.trained(around.say(Text.LEARNING_WORDS), progress);
        }
      }

      @Override
      public void drawing(TrainingProgress progress) {
        bar.trained(around.say(Text.LEARNING_TO_DRAW), progress);
      }
    };
  }
}
