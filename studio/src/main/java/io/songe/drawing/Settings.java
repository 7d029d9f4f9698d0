package io.songe.drawing;

import io.songe.checkpoint.DrawingStyle;
import io.songe.checkpoint.ModelCard;
import io.songe.diffusion.Guidance;
import io.songe.diffusion.SigmaSchedules;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.InvalidRequestException;
import io.songe.models.Names;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.PromptReading;
import io.songe.text.Prompt;
import io.songe.text.syntax.PromptSyntax;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What is asked for otherwise than a model's authors set it; one and the same from the command and
 * from every door of the studio.
 *
 * @param style by name; empty for none
 * @param count how many pictures
 * @param steps of the sampler
 * @param guidance its scale, from -100 to 100
 * @param guidanceRescale the share of the rescaled output, from 0 to 1
 * @param sampler any name of one that the registry knows
 * @param schedule any name of one
 * @param syntax of the prompt, by id
 * @param clipSkip which layer of the text encoder is read
 */
public record Settings(
    String style,
    int count,
    Optional<Integer> steps,
    Optional<Double> guidance,
    Optional<Double> guidanceRescale,
    Optional<String> sampler,
    Optional<String> schedule,
    Optional<String> syntax,
    Optional<Integer> clipSkip) {
  /** Beyond this every model overflows or paints flat colours. */
  public static final double MOST_GUIDANCE = 100;

  /** Seeds of other programs have 32 bits, and short numbers are read out more easily. */
  private static final long RANDOM_SEEDS = 1L << 32;

  /**
   * Changes a model's usual request.
   *
   * @param usual the model's own request, for any phrase
   * @param prompt what to draw, without the style
   * @param card of the model, which tells the styles
   * @return what is asked for
   * @throws InvalidRequestException if a name is not known or a number is out of its range
   */
  public GenerationRequest applyTo(GenerationRequest usual, Prompt prompt, ModelCard card) {
    GenerationRequest request =
        usual
            .withPrompt(styled(prompt, card))
            .withCount(count)
            .withSampler(choice(usual.sampler()))
            .withReading(reading(usual.reading()));
    if (steps.isPresent()) {
      request = request.withSteps(steps.get());
    }
    Guidance scaled =
        guidance.map(scale -> scaled(usual.guidance(), scale)).orElse(usual.guidance());
    return request.withGuidance(guidanceRescale.<Guidance>map(scaled::withRescale).orElse(scaled));
  }

  /**
   * {@return a style of a model, in any case of letters}
   *
   * @param card of the model
   * @param name of the style
   */
  public static Optional<DrawingStyle> style(ModelCard card, String name) {
    return card.styles().stream()
        .filter(each -> each.name().equalsIgnoreCase(name.strip()))
        .findFirst();
  }

  /**
   * {@return a prompt with the style}
   *
   * @param prompt what to draw
   * @param card of the model, which tells the styles
   * @throws InvalidRequestException if the model does not know the style
   */
  Prompt styled(Prompt prompt, ModelCard card) {
    if (style.isBlank()) {
      return prompt;
    }
    DrawingStyle asked = style(card, style).orElseThrow(() -> unknownStyle(card));
    return new Prompt(asked.applyTo(prompt.positive()), prompt.negative());
  }

  private InvalidRequestException unknownStyle(ModelCard card) {
    List<String> known = card.styles().stream().map(DrawingStyle::name).toList();
    return known.isEmpty()
        ? new InvalidRequestException(
            "the model %s knows no style by name; describe it in the phrase instead"
                .formatted(card.name()))
        : Names.unknown("style", style, known);
  }

  private Samplers.Choice choice(Samplers.Choice usual) {
    String named = sampler.orElse("");
    String curve = schedule.orElse("");
    if (!named.isBlank()) {
      return Samplers.choose(named, curve);
    }
    return curve.isBlank() || curve.strip().equalsIgnoreCase("automatic")
        ? usual
        : new Samplers.Choice(usual.sampler(), SigmaSchedules.get(curve));
  }

  private PromptReading reading(PromptReading usual) {
    return new PromptReading(
        syntax.map(PromptSyntax::named).orElse(usual.syntax()), clipSkip.orElse(usual.clipSkip()));
  }

  private static Guidance scaled(Guidance own, double scale) {
    Guidance guidance = own.withScale(scale);
    if (Math.abs(scale) > MOST_GUIDANCE) {
      throw new InvalidRequestException(
          "the guidance goes from -100 to 100, got %s; 4 to 8 is usual".formatted(scale));
    }
    return guidance;
  }

  /**
   * The seed of the first picture.
   *
   * @param asked for; empty for a random one of 32 bits
   * @param count how many pictures
   * @param random where a random one comes from
   * @return the seed
   * @throws InvalidRequestException if it is negative, or those of the other pictures are too large
   */
  public static long seed(Optional<Long> asked, int count, RandomGenerator random) {
    if (asked.isEmpty()) {
      return random.nextLong(RANDOM_SEEDS);
    }
    long seed = asked.get();
    if (seed < 0 || seed > largestSeed(count)) {
      throw new InvalidRequestException(
          "the seed goes from 0 to %d, got %d; leave it out for a random one"
              .formatted(largestSeed(count), seed));
    }
    return seed;
  }

  /** {@return the largest seed from which so many pictures can be counted} */
  public static long largestSeed(int count) {
    return Long.MAX_VALUE - count;
  }
}
