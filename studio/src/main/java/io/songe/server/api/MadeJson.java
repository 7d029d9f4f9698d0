package io.songe.server.api;

import io.songe.error.BrokenFileException;
import io.songe.foreign.ForeignRecipe;
import io.songe.image.ParametersText;
import io.songe.image.PictureTexts;
import io.songe.pipeline.Recipe;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a picture was made, by Songe or by another program, in words that can be asked for here; what
 * it does not say, or is not known here, is {@code null}.
 *
 * @param software that made it
 * @param phrase what was asked for; with the words of a style where that is not known by name
 * @param strength with which another picture was changed
 * @param text all of it in A1111's form; empty if the picture has none
 */
record MadeJson(
    String software,
    String phrase,
    String negative,
    Optional<String> model,
    Optional<String> style,
    Optional<String> sampler,
    Optional<String> schedule,
    Optional<Integer> steps,
    Optional<Double> guidance,
    Optional<Double> guidanceRescale,
    Optional<Long> seed,
    Optional<Integer> width,
    Optional<Integer> height,
    Optional<String> syntax,
    Optional<Integer> clipSkip,
    Optional<Double> strength,
    String text) {

  /**
   * {@return how a picture was made, if its texts say it in a way that is known here}
   *
   * @throws BrokenFileException if they say it, but are damaged
   */
  static Optional<MadeJson> of(Map<String, String> texts) {
    Optional<Recipe> recipe = Recipe.of(texts);
    String text =
        texts.getOrDefault(
            ParametersText.KEYWORD, texts.getOrDefault(PictureTexts.USER_COMMENT, ""));
    return recipe.isPresent()
        ? recipe.map(each -> of(each, text))
        : ForeignRecipe.of(texts).map(each -> of(each, text));
  }

  /** {@return the same, but nothing of what is damaged; the texts tell the rest} */
  static Optional<MadeJson> readable(Map<String, String> texts) {
    try {
      return of(texts);
    } catch (BrokenFileException damaged) {
      return Optional.empty();
    }
  }

  private static MadeJson of(Recipe recipe, String text) {
    return new MadeJson(
        recipe.software(),
        recipe.prompt().positive(),
        recipe.prompt().negative(),
        Optional.of(recipe.model()),
        Optional.empty(),
        Optional.of(recipe.sampler()),
        Optional.of(recipe.schedule()),
        Optional.of(recipe.steps()),
        Optional.of(recipe.guidanceScale()),
        Optional.of(recipe.guidanceRescale()),
        Optional.of(recipe.seed()),
        Optional.of(recipe.width()),
        Optional.of(recipe.height()),
        Optional.of(recipe.syntax()),
        Optional.of(recipe.clipSkip()),
        recipe.edit().flatMap(edit -> edit.start()).map(start -> start.strength()),
        text);
  }

  private static MadeJson of(ForeignRecipe recipe, String text) {
    return new MadeJson(
        recipe.madeBy(),
        recipe.words(),
        recipe.negativeWords(),
        recipe.model(),
        Optional.empty(),
        recipe.samplerHere().map(row -> row.id()),
        recipe.scheduleHere().map(row -> row.id()),
        boxed(recipe.steps()),
        boxed(recipe.guidance()),
        Optional.empty(),
        recipe.seed().isPresent() ? Optional.of(recipe.seed().getAsLong()) : Optional.empty(),
        recipe.size().map(size -> size.width()),
        recipe.size().map(size -> size.height()),
        Optional.empty(),
        boxed(recipe.clipSkip()),
        boxed(recipe.strength()),
        text);
  }

  /** {@return the same, drawn in a style that was asked for by name} */
  MadeJson withStyle(String name, ModelList models) {
    return new MadeJson(
        software,
        models.unstyled(phrase, model.orElse(""), name),
        negative,
        model,
        Optional.of(name).filter(each -> !each.isEmpty()),
        sampler,
        schedule,
        steps,
        guidance,
        guidanceRescale,
        seed,
        width,
        height,
        syntax,
        clipSkip,
        strength,
        text);
  }

  private static Optional<Integer> boxed(OptionalInt number) {
    return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
  }

  private static Optional<Double> boxed(OptionalDouble number) {
    return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
  }
}
