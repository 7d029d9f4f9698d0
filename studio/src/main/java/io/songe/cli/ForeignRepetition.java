package io.songe.cli;

import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelSummary;
import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.foreign.ForeignRecipe;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.models.ModelShelf;
import io.songe.pipeline.GeneratedImage;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Draws a picture of another program again, with what can be used of what its file says, and tells
 * what cannot. Only where nothing was left out are the two compared.
 */
final class ForeignRepetition {
  /** What other programs' seeds are: numbers of 32 bits. */
  private static final long RANDOM_SEEDS = 1L << 32;

  private final Surroundings around;
  private final String picture;
  private final ForeignRecipe recipe;
  private final ModelShelf shelf;

  private ForeignRepetition(Surroundings around, String picture, ForeignRecipe recipe) {
    this.around = around;
    this.picture = picture;
    this.recipe = recipe;
    this.shelf = around.models();
  }

  /**
   * A picture to be drawn again.
   *
   * @param around the words
   * @param picture its file, as it was typed
   * @param texts of the file
   * @throws InvalidRequestException if they do not say what to draw
   */
  static ForeignRepetition of(Surroundings around, String picture, Map<String, String> texts) {
    return ForeignRecipe.of(texts)
        .filter(recipe -> !recipe.words().isEmpty())
        .map(recipe -> new ForeignRepetition(around, picture, recipe))
        .orElseThrow(
            () -> new InvalidRequestException(around.say(Text.NO_RECIPE_TO_REPEAT, picture)));
  }

  /**
   * Refuses an option that only Songe's own pictures can follow.
   *
   * @throws InvalidRequestException if it was given
   */
  ForeignRepetition refuse(String option, String given) {
    if (!given.isEmpty()) {
      throw new InvalidRequestException(around.say(Text.FOREIGN_NO_START, option, picture));
    }
    return this;
  }

  /**
   * Draws.
   *
   * @param model that was asked for; empty for the one that the picture names
   * @param out where to write; empty for nowhere
   * @param engine how much of the machine is used
   */
  ExitCode draw(String model, String out, EngineOptions engine) {
    Optional<Path> theirs = recipe.model().flatMap(this::named);
    Path folder =
        model.isEmpty() ? theirs.orElseThrow(this::noModel) : new Shelves(around).model(model);
    ModelCard card = ModelCard.read(folder);
    long seed = recipe.seed().orElseGet(() -> RandomGenerator.getDefault().nextLong(RANDOM_SEEDS));
    boolean xl = ModelSummary.read(folder).pipeline().contains("XL");
    ForeignRequest draft = change(DrawingRun.usual(card, seed), xl);
    boolean sameModel = theirs.filter(folder::equals).isPresent();
    boolean exact =
        draft.shortcomings().isEmpty() && recipe.seed().isPresent() && sameModel && isPng();
    if (out.isEmpty() && !exact) {
      throw new InvalidRequestException(around.say(Text.FOREIGN_NEEDS_OUT, picture));
    }
    Optional<OutputPlace> place =
        out.isEmpty() ? Optional.empty() : Optional.of(OutputPlace.of(around, out, recipe.words()));
    engine.prepare(around);
    tell(draft, seed, sameModel, card);
    var redrawing = new Redrawing(around);
    GeneratedImage again =
        redrawing.draw(
            card.name(),
            folder,
            Precision.AUTO,
            songe -> change(songe.request("", seed), xl).request());
    place.ifPresent(each -> redrawing.write(again, seed, each));
    return exact ? compare(again) : ExitCode.DONE;
  }

  /** By the name as it is, or without the folder and the ending of a file. */
  private Optional<Path> named(String name) {
    String file = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    return shelf.named(name).or(() -> shelf.named(file)).or(() -> shelf.named(stem));
  }

  private InvalidRequestException noModel() {
    return new InvalidRequestException(
        recipe
            .model()
            .map(name -> around.say(Text.MODEL_OF_RECIPE_MISSING, name, shelf.folder()))
            .orElseGet(() -> around.say(Text.FOREIGN_MODEL_UNSAID, picture)));
  }

  /** What is wrong with the prompt is the file's fault, not that of who asked. */
  private ForeignRequest change(GenerationRequest usual, boolean xl) {
    try {
      return ForeignRequest.of(usual, recipe, xl, around);
    } catch (InvalidRequestException unusable) {
      throw new BrokenFileException(
          around.say(Text.RECIPE_UNUSABLE, picture, String.valueOf(unusable.getMessage())),
          unusable);
    }
  }

  private boolean isPng() {
    return StartPicture.startsAsPng(UserPath.of(picture, around));
  }

  private void tell(ForeignRequest draft, long seed, boolean sameModel, ModelCard card) {
    draft.shortcomings().forEach(around::print);
    if (recipe.seed().isEmpty()) {
      around.print(around.say(Text.FOREIGN_SEED, String.valueOf(seed)));
    }
    if (!sameModel) {
      around.print(
          around.say(
              Text.FOREIGN_MODEL,
              Printable.line(recipe.model().orElse(around.say(Text.UNKNOWN))),
              card.name()));
    }
  }

  private ExitCode compare(GeneratedImage again) {
    Png original = Png.read(UserPath.of(picture, around), PngLimits.DEFAULT);
    return new ComparisonReport(around).compare(original.image(), again.image());
  }
}
