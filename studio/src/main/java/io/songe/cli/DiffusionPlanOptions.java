package io.songe.cli;

import io.songe.checkpoint.ModelParts;
import io.songe.cli.messages.Text;
import io.songe.data.Corpus;
import io.songe.data.Groups;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.Precision;
import io.songe.tensor.DType;
import io.songe.train.AdamW;
import io.songe.train.LearningRate;
import io.songe.train.Muon;
import io.songe.train.Optimizer;
import io.songe.train.TrainingOptions;
import io.songe.train.textimage.AttendingUNet;
import io.songe.train.textimage.Condition;
import io.songe.train.textimage.LatentPlan;
import io.songe.train.textimage.LevelDensity;
import io.songe.train.textimage.SnrWeighting;
import io.songe.train.textimage.TextImagePlan;
import io.songe.train.textimage.TextImageSizes;
import io.songe.train.textimage.TextToImageOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what kind of text-to-image model is trained, and how. */
final class DiffusionPlanOptions {
  private static final Map<String, Prediction> PREDICTIONS =
      Map.of(
          "v", new Prediction.Velocity(),
          "epsilon", new Prediction.Epsilon(),
          "flow", new Prediction.Flow());

  @Option(names = "--condition", paramLabel = "text|class|none")
  private @Nullable String condition;

  @Option(names = "--steps", paramLabel = "N")
  private @Nullable Long steps;

  @Option(names = "--minutes", paramLabel = "X")
  private @Nullable String minutes;

  @Option(names = "--batch", paramLabel = "N")
  private @Nullable Integer batch;

  @Option(names = "--accumulate", paramLabel = "N")
  private @Nullable Integer accumulate;

  @Option(names = "--side", paramLabel = "N")
  private @Nullable Integer side;

  @Option(names = "--samples", paramLabel = "N")
  private @Nullable Integer samples;

  @Option(names = "--groups", paramLabel = "${bundle:label.name},...")
  private @Nullable String groups;

  @Option(names = "--composed", paramLabel = "X|${bundle:label.kind}=X,...")
  private @Nullable String composed;

  @Option(names = "--captions", paramLabel = "N")
  private @Nullable Integer captions;

  @Option(names = "--channels", paramLabel = "N,N,...")
  private @Nullable String channels;

  @Option(names = "--attend", paramLabel = "0|1,...")
  private @Nullable String attend;

  @Option(names = "--text-width", paramLabel = "N")
  private @Nullable Integer textWidth;

  @Option(names = "--text-layers", paramLabel = "N")
  private @Nullable Integer textLayers;

  @Option(names = "--word-steps", paramLabel = "N")
  private @Nullable Long wordSteps;

  @Option(names = "--prediction", paramLabel = "v|epsilon|flow")
  private @Nullable String prediction;

  @Option(names = "--zero-terminal-snr", negatable = true)
  private @Nullable Boolean zeroTerminalSnr;

  @Option(names = "--snr-cap", paramLabel = "X")
  private @Nullable String snrCap;

  @Option(names = "--noise-levels", paramLabel = "X,X")
  private @Nullable String noiseLevels;

  @Option(names = "--looks", paramLabel = "N")
  private @Nullable Integer looks;

  @Option(names = "--optimizer", paramLabel = "adamw|muon")
  private @Nullable String optimizer;

  @Option(names = "--rate", paramLabel = "X")
  private @Nullable String rate;

  @Option(names = "--warm-up", paramLabel = "N")
  private @Nullable Long warmUp;

  @Option(names = "--dropout", paramLabel = "X")
  private @Nullable String dropout;

  @Option(names = "--ema", paramLabel = "X")
  private @Nullable String ema;

  @Option(names = "--clip", paramLabel = "X")
  private @Nullable String clip;

  @Option(names = "--seed", paramLabel = "N")
  private @Nullable Long seed;

  @Option(names = "--precision", paramLabel = "${bundle:label.precision}")
  private @Nullable String precision;

  @Option(names = "--save-every", paramLabel = "N")
  private @Nullable Integer saveEvery;

  @Option(names = "--sheet-every", paramLabel = "N")
  private @Nullable Long sheetEvery;

  @Option(names = "--smoke")
  private boolean smoke;

  /**
   * The plan that the options describe.
   *
   * @param corpus tells the usual side
   * @param beginning the model as which the networks begin; it knows its words
   * @param around the words
   * @throws InvalidRequestException if an option's value cannot be
   */
  TextImagePlan plan(Corpus corpus, Optional<ModelParts> beginning, Surroundings around) {
    TextImagePlan usual = usual();
    if (beginning.isPresent() && (channels != null || textWidth != null || textLayers != null)) {
      throw new InvalidRequestException(around.say(Text.SIZES_OF_THE_BEGINNING));
    }
    try {
      Condition told = condition();
      return new TextImagePlan(
          latents(usual.latents(), told, corpus, around),
          beginning.isPresent() ? usual.sizes() : sizes(usual.sizes(), told, around),
          words(usual.words(), told, beginning.isPresent()),
          learning(usual.learning(), told, beginning, around),
          training(usual.training(), around));
    } catch (IllegalArgumentException impossible) {
      throw new InvalidRequestException(String.valueOf(impossible.getMessage()), impossible);
    }
  }

  /**
   * A model to begin from, attending to the text at the levels that were asked for.
   *
   * @throws InvalidRequestException if it cannot
   */
  ModelParts attending(ModelParts beginning, Surroundings around) {
    return attend == null ? beginning : AttendingUNet.in(beginning, marks(attend, around), seed());
  }

  /** {@return in which the networks compute} */
  DType dtype() {
    return precision == null
        ? usual().learning().dtype()
        : Precision.named(precision).resolved().dtype();
  }

  /** {@return of everything that is left to chance} */
  long seed() {
    return or(seed, usual().learning().seed());
  }

  private TextImagePlan usual() {
    return smoke ? TextImagePlan.smoke() : TextImagePlan.usual();
  }

  private Condition condition() {
    return condition == null
        ? Condition.TEXT
        : Stream.of(Condition.values())
            .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(condition))
            .findFirst()
            .orElseThrow(() ->
                new InvalidRequestException(
                    "--condition is text, class or none, got " + condition));
  }

  private LatentPlan latents(LatentPlan usual, Condition told, Corpus corpus, Surroundings around) {
    int largest = smoke ? Math.min(usual.side(), corpus.side()) : corpus.side();
    return new LatentPlan(
        told,
        or(side, largest),
        or(samples, usual.count()),
        or(captions, usual.captions()),
        composed == null || told != Condition.TEXT
            ? LatentPlan.usualShares(told)
            : ComposedOption.parse(composed, around),
        groups == null ? usual.groups() : Groups.named(groups),
        or(seed, usual.seed()));
  }

  /** A class's name is one word or two: one layer reads it. */
  private TextImageSizes sizes(TextImageSizes usual, Condition told, Surroundings around) {
    return new TextImageSizes(
        channels == null ? usual.channels() : numbers("--channels", channels, around),
        attend == null ? attends(usual) : marks(attend, around),
        or(textWidth, usual.textWidth()),
        or(textLayers, told == Condition.TEXT ? usual.textLayers() : 1));
  }

  /** Where other channels are given, the lowest level alone attends. */
  private List<Boolean> attends(TextImageSizes usual) {
    if (channels == null) {
      return usual.attends();
    }
    List<Boolean> lowest = new ArrayList<>();
    int levels = channels.split(",", -1).length;
    for (int i = 0; i < levels; i++) {
      lowest.add(i == levels - 1);
    }
    return lowest;
  }

  private static List<Boolean> marks(String text, Surroundings around) {
    return numbers("--attend", text, around).stream().map(each -> each != 0).toList();
  }

  private static List<Integer> numbers(String option, String text, Surroundings around) {
    List<Integer> numbers = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      try {
        numbers.add(Integer.parseInt(each.strip()));
      } catch (NumberFormatException noNumber) {
        throw new InvalidRequestException(
            around.say(Text.NOT_A_WHOLE_NUMBER, option, each), noNumber);
      }
    }
    return numbers;
  }

  private long words(long usual, Condition told, boolean begins) {
    return or(wordSteps, begins || told == Condition.NONE ? 0 : usual);
  }

  private TextToImageOptions learning(
      TextToImageOptions usual,
      Condition told,
      Optional<ModelParts> beginning,
      Surroundings around) {
    return new TextToImageOptions(
        scheduler(beginning.map(ModelParts::scheduler)),
        weighting(usual.weighting(), around),
        levels(usual.levels(), around),
        or(batch, usual.batch()),
        or(looks, usual.looks()),
        told == Condition.NONE ? 0 : or("--dropout", dropout, usual.dropout(), around),
        or(seed, usual.seed()),
        dtype());
  }

  /** Where nothing is said, that of the model to begin from; of a new one, what suits it best. */
  private SchedulerConfig scheduler(Optional<SchedulerConfig> known) {
    Prediction wanted =
        prediction == null
            ? known.map(SchedulerConfig::prediction).orElseGet(Prediction.Velocity::new)
            : named(prediction);
    if (wanted instanceof Prediction.Flow && Boolean.FALSE.equals(zeroTerminalSnr)) {
      throw new InvalidRequestException(
          "the last noise level of a flow is always noise alone; leave out"
              + " --no-zero-terminal-snr");
    }
    Optional<SchedulerConfig> kept = known.filter(model -> model.prediction().equals(wanted));
    boolean zero =
        zeroTerminalSnr == null
            ? kept.map(SchedulerConfig::zeroTerminalSignal)
                .orElse(wanted instanceof Prediction.Velocity)
            : zeroTerminalSnr;
    return kept.filter(model -> model.zeroTerminalSignal() == zero)
        .orElseGet(() -> TextImagePlan.scheduler(wanted, zero));
  }

  private static Prediction named(String name) {
    return Optional.ofNullable(PREDICTIONS.get(name))
        .orElseThrow(
            () -> new InvalidRequestException("--prediction is v, epsilon or flow, got " + name));
  }

  private SnrWeighting weighting(SnrWeighting usual, Surroundings around) {
    if (snrCap == null) {
      return usual;
    }
    double cap = DecimalOption.parse("--snr-cap", snrCap, around);
    return cap == 0 ? new SnrWeighting.Even() : new SnrWeighting.Capped(cap);
  }

  private LevelDensity levels(LevelDensity usual, Surroundings around) {
    if (noiseLevels == null) {
      return usual;
    }
    String[] numbers = noiseLevels.split(",", -1);
    if (numbers.length != 2) {
      throw new InvalidRequestException(around.say(Text.NOT_MEAN_AND_DEVIATION, noiseLevels));
    }
    return new LevelDensity.LogitNormal(
        DecimalOption.parse("--noise-levels", numbers[0], around),
        DecimalOption.parse("--noise-levels", numbers[1], around));
  }

  private TrainingOptions training(TrainingOptions usual, Surroundings around) {
    long total = or(steps, usual.rate().total());
    return new TrainingOptions(
        new LearningRate(
            or("--rate", rate, usual.rate().peak(), around),
            or(warmUp, Math.min(usual.rate().warmUp(), total / 4)),
            total,
            usual.rate().fallFrom(),
            usual.rate().rest()),
        optimizer(usual.optimizer()),
        or("--ema", ema, usual.averaging(), around),
        or("--clip", clip, usual.clip(), around),
        or(accumulate, usual.parts()),
        saveEvery == null ? usual.saveEvery() : Duration.ofSeconds(saveEvery),
        or(sheetEvery, usual.sheetEvery()),
        Optional.ofNullable(minutes).map(text -> MinutesOption.parse(text, around)));
  }

  private Optimizer.Options optimizer(Optimizer.Options usual) {
    return switch (optimizer) {
      case null -> usual;
      case "adamw" -> AdamW.Options.USUAL;
      case "muon" -> Muon.Options.usual(dtype());
      default ->
          throw new InvalidRequestException("--optimizer is adamw or muon, got " + optimizer);
    };
  }

  private static <T> T or(@Nullable T given, T usual) {
    return given == null ? usual : given;
  }

  private static double or(
      String option, @Nullable String given, double usual, Surroundings around) {
    return given == null ? usual : DecimalOption.parse(option, given, around);
  }
}
