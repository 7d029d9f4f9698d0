package io.songe.drawing;

import io.songe.checkpoint.DrawingStyle;
import io.songe.checkpoint.ModelCard;
import io.songe.checkpoint.ModelOutline;
import io.songe.checkpoint.adapter.AppliedAdapter;
import io.songe.error.InvalidRequestException;
import io.songe.jobs.InputStore;
import io.songe.jobs.Order;
import io.songe.models.ModelShelf;
import io.songe.models.Names;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.Precision;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.TextToImage;
import io.songe.pipeline.edit.Start;
import io.songe.text.Prompt;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Completes wishes into orders, and refuses at once what cannot be drawn. No model is opened for
 * that. Safe for many threads, of any kind.
 */
public final class Orders {
  private final ModelShelf models;
  private final String usualModel;
  private final InputStore inputs;
  private final RandomGenerator random;

  /**
   * Completes wishes for the models of a folder; the bundled one is the default.
   *
   * @param models the models folder; the bundled model is there in any case
   * @param inputs takes the pictures that edits begin with
   */
  public Orders(Path models, InputStore inputs) {
    this(models, inputs, ModelShelf.BUNDLED, RandomGenerator.getDefault());
  }

  /**
   * Completes wishes for the models of a folder.
   *
   * @param models the models folder; the bundled model is there in any case
   * @param inputs takes the pictures that edits begin with
   * @param usualModel draws where no model is named
   * @param random gives the seeds that nobody chose; used by one thread at a time
   */
  public Orders(Path models, InputStore inputs, String usualModel, RandomGenerator random) {
    this.models = new ModelShelf(models);
    this.inputs = inputs;
    this.usualModel = usualModel;
    this.random = random;
  }

  /** {@return the name of the model that draws where none is named} */
  public String usualModel() {
    return usualModel;
  }

  /**
   * Completes a wish. The pictures of its edit are put into the store.
   *
   * @param wish what is asked for
   * @return the order
   * @throws InvalidRequestException if the model, style, sampler, an adapter is not known, or a
   *     number is out of its range
   */
  public Order complete(Wish wish) {
    ModelOutline model = ModelOutline.read(model(wish));
    ModelCard card = model.card();
    long seed = seed(wish);
    Settings settings = settings(wish);
    GenerationRequest usual = GenerationRequest.usual(model, "", seed);
    PictureSide size = PictureSide.of(wish, card);
    GenerationRequest request =
        settings
            .applyTo(usual, wish.prompt(), card)
            .withSize(size.width(), size.height())
            .withEdit(wish.edit());
    TextToImage.steps(request, model); // refuses what the sampler cannot
    Optional<Order.Travel> travel = wish.travel().map(way -> checked(way, wish, settings, card));
    WorkLimit.USUAL.require(request, travel.map(Order.Travel::frames).orElse(wish.count()));
    List<AppliedAdapter> adapters = new PromptAdapters(models).of(request, model);
    Recipe recipe = Recipe.planned(request, card, Precision.AUTO, adapters);
    keepPictures(wish.edit().start());
    return new Order(
        wish.owner(),
        wish.door(),
        wish.background().alpha() == 0 ? recipe : recipe.over(wish.background()),
        Settings.style(card, wish.style()).map(DrawingStyle::name).orElse(""),
        travel.isPresent() ? 1 : wish.count(),
        travel,
        wish.traced(),
        wish.kept());
  }

  private Path model(Wish wish) {
    String name = wish.model().filter(each -> !each.isBlank()).orElse(usualModel);
    return models.named(name).orElseThrow(() -> Names.unknown("model", name, models.names()));
  }

  private synchronized long seed(Wish wish) {
    return Settings.seed(wish.seed(), wish.count(), random);
  }

  private static Settings settings(Wish wish) {
    return new Settings(
        wish.style(),
        wish.count(),
        wish.steps(),
        wish.guidance(),
        wish.guidanceRescale(),
        wish.sampler(),
        wish.schedule(),
        wish.syntax(),
        wish.clipSkip());
  }

  private static Order.Travel checked(
      Order.Travel way, Wish wish, Settings settings, ModelCard card) {
    if (way.toPhrase().isEmpty() && way.toSeed().isEmpty()) {
      throw new InvalidRequestException(
          "a travel goes to another phrase, to another seed, or both; say where");
    }
    if (wish.traced()) {
      throw new InvalidRequestException(
          "the frames of a travel and those of the steps cannot be had at once; ask for one");
    }
    if (way.toSeed().isPresent() && !wish.edit().variation().isNone()) {
      throw new InvalidRequestException(
          "a travel to another seed is a variation already; ask for no other");
    }
    way.toSeed()
        .ifPresent(seed -> Settings.seed(Optional.of(seed), 1, RandomGenerator.getDefault()));
    return new Order.Travel(
        way.toPhrase().map(phrase -> settings.styled(Prompt.of(phrase), card).positive()),
        way.toSeed(),
        way.frames());
  }

  private void keepPictures(Start start) {
    switch (start) {
      case Start.Noise _ -> {}
      case Start.Picture picture -> inputs.put(picture.picture().image());
      case Start.Enlarged enlarged -> inputs.put(enlarged.picture().image());
      case Start.Extended extended -> inputs.put(extended.picture().image());
      case Start.Inpainted inpainted -> {
        inputs.put(inpainted.picture().image());
        inputs.put(inpainted.masking().mask().image());
      }
    }
  }
}
