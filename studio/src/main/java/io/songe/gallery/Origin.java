package io.songe.gallery;

import io.songe.diffusion.sampler.SamplerRow;
import io.songe.diffusion.sampler.Samplers;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.foreign.ForeignRecipe;
import io.songe.pipeline.EditRecipe;
import io.songe.pipeline.Recipe;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a picture was made, by whatever program, as far as one searches for it.
 *
 * @param phrase what was asked for; empty if unknown
 * @param negative what was to be kept away
 * @param model that drew it; empty if unknown
 * @param sampler its label; empty if unknown
 * @param seed of this picture alone
 * @param steps of the sampler; 0 if unknown
 * @param guidance its scale
 * @param edited whether it began with another picture
 */
record Origin(
    String phrase,
    String negative,
    String model,
    String sampler,
    Optional<Long> seed,
    int steps,
    Optional<Double> guidance,
    boolean edited) {
  static final Origin UNKNOWN =
      new Origin("", "", "", "", Optional.empty(), 0, Optional.empty(), false);

  /** The index bears no longer words; nobody chooses among longer names. */
  private static final int LONGEST_NAME = 200;

  Origin {
    model = shortened(model);
    sampler = shortened(sampler);
  }

  /**
   * {@return how a picture was made}
   *
   * @param texts of its file
   * @throws BrokenFileException if they say it in a way that is damaged
   */
  static Origin of(Map<String, String> texts) {
    Optional<Recipe> recipe = Recipe.of(texts);
    if (recipe.isPresent()) {
      return of(recipe.get());
    }
    return ForeignRecipe.of(texts).map(Origin::of).orElse(UNKNOWN);
  }

  /** {@return how a picture was made; what is damaged counts as unsaid} */
  static Origin asFarAsKnown(Map<String, String> texts) {
    try {
      return of(texts);
    } catch (BrokenFileException damaged) {
      return UNKNOWN;
    }
  }

  private static Origin of(Recipe recipe) {
    return new Origin(
        recipe.prompt().positive(),
        recipe.prompt().negative(),
        recipe.model(),
        label(recipe.sampler()),
        Optional.of(recipe.seed()),
        recipe.steps(),
        Optional.of(recipe.guidanceScale()),
        recipe.edit().flatMap(EditRecipe::start).isPresent());
  }

  private static Origin of(ForeignRecipe recipe) {
    OptionalLong seed = recipe.seed();
    OptionalDouble guidance = recipe.guidance();
    return new Origin(
        recipe.prompt(),
        recipe.negativePrompt(),
        recipe.model().orElse(""),
        recipe.samplerHere().map(SamplerRow::label).or(recipe::sampler).orElse(""),
        seed.isPresent() ? Optional.of(seed.getAsLong()) : Optional.empty(),
        recipe.steps().orElse(0),
        guidance.isPresent() ? Optional.of(guidance.getAsDouble()) : Optional.empty(),
        recipe.strength().isPresent());
  }

  /** A recipe of a later version may name a sampler that is not known here. */
  private static String label(String sampler) {
    try {
      return Samplers.get(sampler).label();
    } catch (InvalidRequestException unknown) {
      return sampler;
    }
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }
}
