package io.songe.studio;

import io.songe.jobs.QueueLimits;
import io.songe.models.DataFolder;
import io.songe.models.ModelShelf;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a studio is made of.
 *
 * @param folder of its pictures and its queue; made when it is missing
 * @param models the models folder
 * @param model draws where no model is named
 * @param workers how many jobs are drawn at once; 0 to look only
 * @param limits of the queue
 */
public record StudioSettings(
    Path folder, Path models, String model, int workers, QueueLimits limits) {
  public StudioSettings {
    if (workers < 0) {
      throw new IllegalArgumentException("workers: " + workers);
    }
  }

  /** {@return a studio that draws one job after the other with the bundled model} */
  public static StudioSettings usual(Path folder, Path models) {
    return new StudioSettings(folder, models, ModelShelf.BUNDLED, 1, QueueLimits.USUAL);
  }

  /** {@return the same with another model where none is named} */
  public StudioSettings withModel(String other) {
    return new StudioSettings(folder, models, other, workers, limits);
  }

  /** {@return the same with other workers} */
  public StudioSettings withWorkers(int other) {
    return new StudioSettings(folder, models, model, other, limits);
  }

  /**
   * Where a user's studio lies unless something else is said.
   *
   * @param environment the environment variables, of which {@code SONGE_STUDIO} comes first
   * @param home the user's folder
   * @param system the name of the operating system, as the property {@code os.name} says it
   * @return the folder, perhaps not there
   */
  public static Path usualFolder(Map<String, String> environment, Path home, String system) {
    return new DataFolder(environment, home, system).named("studio", "SONGE_STUDIO");
  }
}
