package io.songe.cli;

import io.songe.checkpoint.DrawingStyle;
import io.songe.checkpoint.ModelCard;
import io.songe.cli.messages.Text;
import io.songe.drawing.Settings;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.GenerationRequest;
import io.songe.text.Prompt;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to draw. Whatever is not given is as the model's authors set it. */
final class DrawingOptions {
  @Option(names = "--negative", paramLabel = "${bundle:label.phrase}")
  private @Nullable String negative;

  @Option(names = "--style", paramLabel = "${bundle:label.style}")
  private String style = "";

  @Option(names = "--seed", paramLabel = "N")
  private @Nullable Long seed;

  @Option(names = "--count", paramLabel = "N")
  private int count = 1;

  @Option(names = "--steps", paramLabel = "N")
  private @Nullable Integer steps;

  @Option(names = "--guidance", paramLabel = "X")
  private @Nullable String guidance;

  @Option(names = "--guidance-rescale", paramLabel = "X")
  private @Nullable String guidanceRescale;

  @Option(names = "--sampler", paramLabel = "${bundle:label.name}")
  private String sampler = "";

  @Option(names = "--schedule", paramLabel = "${bundle:label.name}")
  private String schedule = "";

  @Option(names = "--syntax", paramLabel = "${bundle:label.syntax}")
  private @Nullable String syntax;

  @Option(names = "--clip-skip", paramLabel = "N")
  private @Nullable Integer clipSkip;

  /** {@return the seed that was given, or a random one} */
  long chosenSeed(Surroundings around, RandomGenerator random) {
    long largest = Settings.largestSeed(count);
    if (seed != null && (seed < 0 || seed > largest)) {
      throw new InvalidRequestException(
          around.say(Text.SEED_OUT_OF_RANGE, String.valueOf(largest), "" + seed));
    }
    return Settings.seed(Optional.ofNullable(seed), count, random);
  }

  /**
   * A model's own request changed as the options say.
   *
   * @param model its usual request, for any phrase
   * @param prompt what to draw; what to keep away from counts unless the option says other
   * @param card tells the styles
   * @param around the words
   * @throws InvalidRequestException if an option's value cannot be
   */
  GenerationRequest applyTo(
      GenerationRequest model, Prompt prompt, ModelCard card, Surroundings around) {
    requireStyle(card, around);
    return new Settings(
            style,
            count,
            Optional.ofNullable(steps),
            Optional.ofNullable(guidance).map(text -> guidance(text, around)),
            Optional.ofNullable(guidanceRescale)
                .map(text -> DecimalOption.parse("--guidance-rescale", text, around)),
            Optional.of(sampler),
            Optional.of(schedule),
            Optional.ofNullable(syntax),
            Optional.ofNullable(clipSkip))
        .applyTo(
            model,
            new Prompt(prompt.positive(), negative == null ? prompt.negative() : negative),
            card);
  }

  private void requireStyle(ModelCard card, Surroundings around) {
    if (style.isBlank() || Settings.style(card, style).isPresent()) {
      return;
    }
    List<String> known = card.styles().stream().map(DrawingStyle::name).toList();
    if (known.isEmpty()) {
      throw new InvalidRequestException(around.say(Text.NO_STYLES, card.name()));
    }
    throw UnknownName.refuse(around, Text.UNKNOWN_STYLE, style, known);
  }

  private static double guidance(String text, Surroundings around) {
    double scale = DecimalOption.parse("--guidance", text, around);
    if (Double.isFinite(scale) && Math.abs(scale) > Settings.MOST_GUIDANCE) {
      throw new InvalidRequestException(around.say(Text.GUIDANCE_OUT_OF_RANGE, text));
    }
    return scale;
  }
}
