package io.songe.evaluate;

import io.songe.image.Image;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.PromptReading;
import io.songe.pipeline.Recipe;
import io.songe.pipeline.TextToImage;
import io.songe.text.Prompt;

/**
 * A text-to-image model that is evaluated. Phrases are read word by word: brackets in a label are
 * no weights.
 */
public final class ModelArtist implements Artist {
  private final TextToImage model;
  private final GenerationRequest usual;

  /**
   * An artist.
   *
   * @param model that draws, open as long as the artist is used
   * @param usual how it draws: everything but phrase, seed and count
   */
  public ModelArtist(TextToImage model, GenerationRequest usual) {
    this.model = model;
    this.usual = usual.withCount(1).withReading(PromptReading.literal());
  }

  /** {@return what is evaluated} To know it, one step of a picture is drawn. */
  public Subject subject() {
    Recipe recipe = model.generate(usual.withSteps(1)).getFirst().recipe();
    return new Subject(
        model.card().name(),
        recipe.weightsSha256(),
        model.card().styles(),
        usual.steps(),
        recipe.guidanceScale(),
        recipe.guidanceRescale(),
        recipe.sampler() + " " + recipe.schedule(),
        usual.width());
  }

  @Override
  public Image draw(String phrase, long seed) {
    return model.generate(usual.withPrompt(Prompt.of(phrase)).withSeed(seed)).getFirst().image();
  }
}
