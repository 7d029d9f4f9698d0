package io.songe.train;

import io.songe.error.EngineException;
import io.songe.format.StoredTensor;
import java.nio.file.Path;
import java.util.SequencedMap;

/**
 * Everything of one training run, in one folder, from which it can be gone on with and understood:
 *
 * <pre>
 * config.json         what is trained, and how; a run is gone on with only under the same
 * state.safetensors   variables, moments, averages, and the number of steps made
 * metrics.csv         a row for every few steps
 * sheets/             samples on fixed prompts at fixed seeds
 * report.html         curves and sheets, in one file that needs nothing else
 * </pre>
 */
public final class RunFolder {
  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins a run in a folder, or goes on with the one that is there.
   *
   * @param folder that does not exist, is empty, or holds a run
   * @param config what is trained and how: names, and texts, numbers, lists or maps of such
   * @param resume whether a run may be there already
   * @return the run
   * @throws io.songe.error.InvalidRequestException if a run is there and {@code resume} is false, or
   *     it has another configuration (the message names what differs), or the folder holds something
   *     else
   * @throws io.songe.error.BrokenFileException if a file of the run is damaged, or cannot be written
   */
  public static RunFolder open(Path folder, SequencedMap<String, Object> config, boolean resume) {
    throw new EngineException("not yet " + folder + config + resume);
  }

  /** {@return the folder} */
  public Path path() {
    return folder;
  }

  /** {@return where sheets of samples lie} */
  public Path sheets() {
    return folder.resolve("sheets");
  }

  /** {@return how many steps the saved state has; 0 if nothing was saved yet} */
  public long savedSteps() {
    return 0;
  }

  /**
   * The moving averages of a player in the saved state: what a finished model is made of.
   *
   * @param player its name
   * @return by the variables' names, copied into ordinary memory
   * @throws io.songe.error.InvalidRequestException if nothing was saved yet
   */
  public SequencedMap<String, StoredTensor> savedAverages(String player) {
    throw new EngineException("not yet " + player);
  }
}
