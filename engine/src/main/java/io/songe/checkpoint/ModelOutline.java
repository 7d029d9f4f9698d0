package io.songe.checkpoint;

import io.songe.diffusion.SchedulerConfig;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What must be known of a model to plan a drawing with it. No network is built for that, so it
 * takes milliseconds whatever the model's size.
 *
 * @param card what it says of itself
 * @param scheduler how it was trained, and the sampler its authors meant
 */
public record ModelOutline(ModelCard card, SchedulerConfig scheduler) {
  /**
   * Reads a model's descriptions.
   *
   * @param model its folder or file
   * @return the outline; an opened model has the same card and scheduler, but for the side of the
   *     pictures if its autoencoder is of an unusual depth
   * @throws io.songe.error.BrokenFileException if it is no model, or a description cannot be
   *     understood
   */
  public static ModelOutline read(Path model) {
    if (Files.isRegularFile(model)) {
      try (SingleFile single = SingleFile.read(model)) {
        return new ModelOutline(single.card(), single.scheduler());
      }
    }
    return new ModelOutline(
        ModelCard.read(model), ModelFolder.scheduler(model, ModelIndex.read(model)));
  }
}
