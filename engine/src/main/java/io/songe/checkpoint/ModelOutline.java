package io.songe.checkpoint;

import io.songe.diffusion.SchedulerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What must be known of a model to plan a drawing with it. No network is built for that, so it
 * takes milliseconds whatever the model's size.
 *
 * @param card what it says of itself
 * @param scheduler how it was trained, and the sampler its authors meant
 * @param textWidths how many numbers each of its text encoders has for a token, in the order in
 *     which they are joined; embeddings of others cannot be applied
 */
public record ModelOutline(ModelCard card, SchedulerConfig scheduler, List<Integer> textWidths) {
  /** An outline with its list copied. */
  public ModelOutline {
    textWidths = List.copyOf(textWidths);
  }

  /**
   * Reads a model's descriptions.
   *
   * @param model its folder or file
   * @return the outline; an opened model has the same, but for the side of the pictures if its
   *     autoencoder is of an unusual depth
   * @throws io.songe.error.BrokenFileException if it is no model, or a description cannot be
   *     understood
   */
  public static ModelOutline read(Path model) {
    return Files.isRegularFile(model) ? ofFile(model) : ofFolder(model);
  }

  private static ModelOutline ofFile(Path file) {
    try (SingleFile single = SingleFile.read(file)) {
      return new ModelOutline(
          single.card(),
          single.scheduler(),
          single.model().texts().stream().map(text -> text.config().width()).toList());
    }
  }

  private static ModelOutline ofFolder(Path folder) {
    ModelIndex index = ModelIndex.read(folder);
    return new ModelOutline(
        ModelCard.read(folder),
        ModelFolder.scheduler(folder, index),
        index.towers().stream()
            .map(tower -> ModelFolder.text(folder, index, tower).width())
            .toList());
  }
}
