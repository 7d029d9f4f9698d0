package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.image.Colour;
import io.songe.image.Image;
import io.songe.image.PictureTexts;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import io.songe.models.ModelShelf;
import io.songe.models.OpenedAdapters;
import io.songe.pipeline.GeneratedImage;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.PictureFinder;
import io.songe.pipeline.Precision;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.TextToImage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code songe again}: makes a picture again from its recipe, and compares the two. */
@Command(name = "again")
final class AgainCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "${bundle:label.picture}", descriptionKey = "picture")
  private String picture = "";

  @Option(names = "--from", paramLabel = "${bundle:label.picture}")
  private String from = "";

  @Option(names = "--mask", paramLabel = "${bundle:label.picture}")
  private String mask = "";

  @Option(names = "--out", paramLabel = "${bundle:label.file}")
  private String out = "";

  @Option(names = "--model", paramLabel = "${bundle:label.model}")
  private String model = "";

  @Mixin private EngineOptions engine = new EngineOptions();

  AgainCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Path file = UserPath.of(picture, around);
    Map<String, String> texts = PictureTexts.read(file, PngLimits.DEFAULT);
    Optional<Recipe> ours = Recipe.of(texts);
    if (ours.isEmpty()) {
      return ForeignRepetition.of(around, picture, texts)
          .refuse("--from", from)
          .refuse("--mask", mask)
          .draw(model, out, engine)
          .number();
    }
    Recipe recipe = ours.get();
    Png original = Png.read(file, PngLimits.DEFAULT);
    GenerationRequest request =
        request(recipe, new StartPictureSearch(around, file, from, mask).find(recipe));
    Path folder = folder(recipe);
    Optional<OutputPlace> place =
        out.isEmpty()
            ? Optional.empty()
            : Optional.of(OutputPlace.of(around, out, recipe.prompt().positive()));

    engine.prepare(around);
    GeneratedImage again = draw(folder, recipe, request);
    place.ifPresent(each -> new Redrawing(around).write(again, recipe.seed(), each));
    return compare(original.image(), again, recipe).number();
  }

  /** What is wrong with a recipe is the file's fault, not that of who asked. */
  private GenerationRequest request(Recipe recipe, PictureFinder pictures) {
    try {
      Colour.parse(recipe.background());
      Precision.named(recipe.precision());
      return TextToImage.request(recipe, pictures);
    } catch (InvalidRequestException unusable) {
      throw new BrokenFileException(
          around.say(Text.RECIPE_UNUSABLE, picture, String.valueOf(unusable.getMessage())),
          unusable);
    }
  }

  private Path folder(Recipe recipe) {
    if (!model.isEmpty()) {
      return new Shelves(around).model(model);
    }
    ModelShelf shelf = around.models();
    return shelf
        .drawnBy(recipe.model(), recipe.weightsSha256())
        .orElseThrow(() ->
            new InvalidRequestException(
                around.say(Text.MODEL_OF_RECIPE_MISSING, recipe.model(), shelf.folder())));
  }

  private GeneratedImage draw(Path folder, Recipe recipe, GenerationRequest request) {
    try (OpenedAdapters adapters = new Shelves(around).adapters(recipe)) {
      return new Redrawing(around)
          .draw(
              recipe.model(),
              folder,
              Precision.named(recipe.precision()),
              songe -> {
                adapters.applyTo(songe);
                return request;
              })
          .over(Colour.parse(recipe.background()));
    }
  }

  private ExitCode compare(Image original, GeneratedImage again, Recipe recipe) {
    Image image = again.image();
    ExitCode code = new ComparisonReport(around).compare(original, image);
    boolean cut = original.width() != image.width() || original.height() != image.height();
    if (!cut && !again.recipe().weightsSha256().equalsIgnoreCase(recipe.weightsSha256())) {
      around.print(
          around.say(
              Text.OTHER_WEIGHTS,
              Printable.line(recipe.weightsSha256()),
              again.recipe().weightsSha256()));
    }
    return code;
  }
}
