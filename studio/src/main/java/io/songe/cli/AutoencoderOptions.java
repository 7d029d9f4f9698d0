package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.Precision;
import io.songe.tensor.DType;
import io.songe.train.autoencoder.AutoencoderRecipe;
import io.songe.train.autoencoder.Learned;
import io.songe.train.autoencoder.TrainingEffort;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how an autoencoder is trained. What is not said is the recipe's. */
final class AutoencoderOptions {
  private static final double MOST_MINUTES = 1e6;
  private static final double MILLISECONDS = 60_000;

  @Option(names = "--steps", paramLabel = "N")
  private @Nullable Long steps;

  @Option(names = "--minutes", paramLabel = "X")
  private @Nullable String minutes;

  @Option(names = "--batch", paramLabel = "N")
  private @Nullable Integer batch;

  @Option(names = "--crop", paramLabel = "N")
  private @Nullable Integer crop;

  @Option(names = "--rate", paramLabel = "X")
  private @Nullable String rate;

  @Option(names = "--channels", paramLabel = "N")
  private @Nullable Integer channels;

  @Option(names = "--latent-channels", paramLabel = "N")
  private @Nullable Integer latentChannels;

  @Option(names = "--adversarial-from", paramLabel = "N")
  private @Nullable Long adversarialFrom;

  @Option(names = "--decoder-only")
  private boolean decoderOnly;

  @Option(names = "--seed", paramLabel = "N")
  private @Nullable Long seed;

  @Option(names = "--precision", paramLabel = "${bundle:label.precision}")
  private String precision = Precision.AUTO.id();

  @Option(names = "--save-every", paramLabel = "N")
  private @Nullable Integer saveEvery;

  @Option(names = "--sheet-every", paramLabel = "N")
  private @Nullable Long sheetEvery;

  @Option(names = "--smoke")
  private boolean smoke;

  /**
   * The recipe that the options describe.
   *
   * @param begins whether another autoencoder is trained further, which has its own sizes
   * @param around the words
   * @throws InvalidRequestException if an option's value cannot be
   */
  AutoencoderRecipe recipe(boolean begins, Surroundings around) {
    if (begins && (channels != null || latentChannels != null)) {
      throw new InvalidRequestException(around.say(Text.SIZES_OF_ANOTHER));
    }
    if (decoderOnly && !begins) {
      throw new InvalidRequestException(around.say(Text.OPTION_NEEDS, "--decoder-only", "--from"));
    }
    AutoencoderRecipe usual = smoke ? AutoencoderRecipe.SMOKE : AutoencoderRecipe.USUAL;
    DType dtype = Precision.named(precision).resolved().dtype();
    return new AutoencoderRecipe(
        or(channels, usual.channels()),
        or(latentChannels, usual.latentChannels()),
        or(steps, usual.steps()),
        or(batch, usual.batch()),
        or(crop, usual.crop()),
        rate == null ? usual.rate() : DecimalOption.parse("--rate", rate, around),
        Optional.ofNullable(adversarialFrom),
        decoderOnly ? Learned.DECODER : Learned.WHOLE,
        or(seed, usual.seed()),
        dtype);
  }

  /**
   * What may be spent.
   *
   * @param resume whether a run is gone on with
   * @param around the words
   * @throws InvalidRequestException if an option's value cannot be
   */
  TrainingEffort effort(boolean resume, Surroundings around) {
    return new TrainingEffort(
        resume,
        Optional.ofNullable(minutes).map(text -> budget(text, around)),
        saveEvery == null ? TrainingEffort.USUAL.saveEvery() : Duration.ofSeconds(saveEvery),
        or(sheetEvery, TrainingEffort.USUAL.sheetEvery()));
  }

  private static Duration budget(String text, Surroundings around) {
    double time = DecimalOption.parse("--minutes", text, around);
    if (!(time > 0 && time < MOST_MINUTES)) {
      throw new InvalidRequestException(around.say(Text.MINUTES_OUT_OF_RANGE, text));
    }
    return Duration.ofMillis(Math.max(1, (long) (time * MILLISECONDS)));
  }

  private static <T> T or(@Nullable T given, T usual) {
    return given == null ? usual : given;
  }
}
