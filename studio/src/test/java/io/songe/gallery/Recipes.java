package io.songe.gallery;

import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.Parameter;
import io.songe.image.ParametersText;
import io.songe.image.Png;
import io.songe.pipeline.EditRecipe;
import io.songe.pipeline.EditRecipe.SourceRecipe;
import io.songe.pipeline.EditRecipe.StartRecipe;
import io.songe.pipeline.Recipe;
import io.songe.text.Prompt;
import java.util.List;
import java.util.Optional;

/** Pictures for tests: small, with recipes as Songe writes them. */
final class Recipes {
  private Recipes() {}

  /** {@return a picture of one colour that was asked for by a phrase} */
  static Png picture(String phrase, long seed) {
    return picture(phrase, seed, "songe-mini", "ddim", 8, 8);
  }

  static Png picture(
      String phrase, long seed, String model, String sampler, int width, int height) {
    Colour colour =
        new Colour((int) (seed * 37 % 256), (int) (seed * 91 % 256), (int) (seed * 53 % 256), 255);
    return new Png(Image.filled(width, height, colour))
        .withText(
            ParametersText.KEYWORD,
            new ParametersText(phrase, "", List.of(new Parameter("Seed", "" + seed))).write())
        .withText(Recipe.KEYWORD, recipe(phrase, seed, model, sampler, width, height).toJson());
  }

  /** {@return a picture that was drawn from another one, of that fingerprint} */
  static Png drawnFrom(String sha256, long seed) {
    Recipe plain = recipe("a house", seed, "songe-mini", "ddim", 8, 8);
    StartRecipe start =
        new StartRecipe(
            new SourceRecipe("house.png", sha256),
            0.5,
            Optional.of("crop"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    EditRecipe edit =
        new EditRecipe(Optional.of(start), "none", Optional.empty(), Optional.empty());
    return picture("a house", seed).withText(Recipe.KEYWORD, drawnBy(plain, edit).toJson());
  }

  private static Recipe drawnBy(Recipe plain, EditRecipe edit) {
    return new Recipe(
        plain.format(),
        plain.software(),
        plain.model(),
        plain.weightsSha256(),
        plain.prompt(),
        plain.width(),
        plain.height(),
        plain.steps(),
        plain.guidanceScale(),
        plain.guidanceRescale(),
        plain.sampler(),
        plain.schedule(),
        plain.seed(),
        plain.precision(),
        plain.background(),
        Optional.of(edit),
        plain.syntax(),
        plain.clipSkip(),
        plain.adapters());
  }

  private static Recipe recipe(
      String phrase, long seed, String model, String sampler, int width, int height) {
    return new Recipe(
        Recipe.FORMAT,
        "Songe 0.1.0",
        model,
        "0".repeat(64),
        new Prompt(phrase, "blurry"),
        width,
        height,
        20,
        4,
        0,
        sampler,
        "uniform",
        seed,
        "fp32",
        "transparent",
        Optional.empty(),
        "literal",
        1,
        List.of());
  }
}
