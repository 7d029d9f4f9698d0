package io.songe.cli;

import io.songe.checkpoint.DrawingStyle;
import io.songe.checkpoint.ModelCard;
import io.songe.cli.messages.Text;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.PromptReading;
import io.songe.text.Prompt;
import io.songe.text.syntax.PromptSyntax;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what to draw. Whatever is not given is as the model's authors set it. */
final class DrawingOptions {
  /** Seeds of other programs have 32 bits, and short numbers are read out more easily. */
  private static final long RANDOM_SEEDS = 1L << 32;

  /** Beyond this every model overflows or paints flat colours. */
  static final double MOST_GUIDANCE = 100;

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
    if (seed == null) {
      return random.nextLong(RANDOM_SEEDS);
    }
    if (seed < 0 || seed > Long.MAX_VALUE - count) {
      throw new InvalidRequestException(
          around.say(Text.SEED_OUT_OF_RANGE, String.valueOf(Long.MAX_VALUE - count), "" + seed));
    }
    return seed;
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
    GenerationRequest request =
        model
            .withPrompt(
                new Prompt(
                    styled(prompt.positive(), card, around),
                    negative == null ? prompt.negative() : negative))
            .withCount(count)
            .withSampler(choice(model.sampler()))
            .withReading(reading(model.reading()));
    if (steps != null) {
      request = request.withSteps(steps);
    }
    return guidance == null ? request : request.withGuidance(guidance(guidance, around));
  }

  private String styled(String phrase, ModelCard card, Surroundings around) {
    if (style.isEmpty()) {
      return phrase;
    }
    return card.styles().stream()
        .filter(each -> each.name().equalsIgnoreCase(style.strip()))
        .findFirst()
        .orElseThrow(() -> unknownStyle(card, around))
        .applyTo(phrase);
  }

  private InvalidRequestException unknownStyle(ModelCard card, Surroundings around) {
    List<String> known = card.styles().stream().map(DrawingStyle::name).toList();
    if (known.isEmpty()) {
      return new InvalidRequestException(around.say(Text.NO_STYLES, card.name()));
    }
    return UnknownName.refuse(around, Text.UNKNOWN_STYLE, style, known);
  }

  private PromptReading reading(PromptReading usual) {
    return new PromptReading(
        syntax == null ? usual.syntax() : PromptSyntax.named(syntax),
        clipSkip == null ? usual.clipSkip() : clipSkip);
  }

  private Samplers.Choice choice(Samplers.Choice usual) {
    if (!sampler.isEmpty()) {
      return Samplers.choose(sampler, schedule);
    }
    return schedule.isEmpty()
        ? usual
        : new Samplers.Choice(usual.sampler(), SigmaSchedules.get(schedule));
  }

  private static Guidance guidance(String text, Surroundings around) {
    Guidance.ClassifierFree guidance =
        new Guidance.ClassifierFree(DecimalOption.parse("--guidance", text, around));
    if (Math.abs(guidance.scale()) > MOST_GUIDANCE) {
      throw new InvalidRequestException(around.say(Text.GUIDANCE_OUT_OF_RANGE, text));
    }
    return guidance;
  }
}
