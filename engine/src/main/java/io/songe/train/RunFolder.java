package io.songe.train;

import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import io.songe.file.FileTree;
import io.songe.format.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything of one training run, in one folder, from which it can be gone on with and understood:
 *
 * <pre>
 * config.json         what is trained, and how; a run is gone on with only under the same
 * state.safetensors   variables, moments, averages, and the number of steps made
 * metrics.csv         a row for every few steps
 * sheets/             samples on fixed prompts at fixed seeds
 * figures.csv         what was measured when they were drawn, if anything
 * report.html         curves and sheets, in one file that needs nothing else
 * </pre>
 *
 * <p>No file is ever half-written under its name: the state before stays until the new one is whole
 * on the disk. Whoever writes such a folder with another program finds the form of the state in
 * {@link SavedState} and that of the metrics in {@link MetricsFile}.
 */
public final class RunFolder {
  private static final String CONFIG = "config.json";

  /**
   * What a write that was killed leaves behind; see {@link io.songe.file.AtomicFile}, and for
   * folders {@link io.songe.checkpoint.ModelFolderWriter}.
   */
  private static final Pattern UNFINISHED = Pattern.compile("\\.[0-9a-f-]{36}\\.part");

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins a run in a folder, or goes on with the one that is there.
   *
   * @param folder that does not exist, is empty, or holds a run
   * @param config what is trained and how: names, and texts, numbers, truths, lists or maps of such
   * @param resume whether a run may be there already
   * @return the run
   * @throws io.songe.error.InvalidRequestException if a run is there and {@code resume} is false,
   *     or it has another configuration (the message names what differs), or the folder holds
   *     something else
   * @throws io.songe.error.BrokenFileException if a file of the run is damaged, or cannot be
   *     written
   */
  public static RunFolder open(Path folder, SequencedMap<String, Object> config, boolean resume) {
    RunFolder run = new RunFolder(folder);
    Path file = folder.resolve(CONFIG);
    if (!Files.exists(file)) {
      run.begin(RunConfig.of(config));
      return run;
    }
    if (!resume) {
      throw new InvalidRequestException(
          "%s holds a run already, of %d steps; go on with it (resume), or choose another folder"
              .formatted(run.name(), run.savedSteps()));
    }
    RunConfig.of(config).requireSameAs(file, run.name());
    run.state().check();
    return run;
  }

  private void begin(RunConfig config) {
    try {
      Files.createDirectories(folder);
      requireEmpty();
      Files.createDirectories(sheets());
    } catch (IOException failure) {
      throw new BrokenFileException(
          "%s: the folder cannot be written: %s; choose another"
              .formatted(name(), FileLabel.reason(failure)),
          failure);
    }
    config.write(folder.resolve(CONFIG));
  }

  private void requireEmpty() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> !isUnfinished(file) && !file.equals(sheets()))
          .findFirst()
          .ifPresent(file -> {
            throw new InvalidRequestException(
                "%s holds %s and is no run; choose a new or empty folder"
                    .formatted(name(), FileLabel.quote(file.getFileName().toString())));
          });
    }
  }

  private static boolean isUnfinished(Path file) {
    return UNFINISHED.matcher(file.getFileName().toString()).matches();
  }

  private String name() {
    return FileLabel.ofFolder(folder).text();
  }

  /** {@return the folder} */
  public Path path() {
    return folder;
  }

  /** {@return where sheets of samples lie} */
  public Path sheets() {
    return folder.resolve("sheets");
  }

  /**
   * {@return how many steps the saved state has; 0 if nothing was saved yet}
   *
   * @throws io.songe.error.BrokenFileException if the saved state is damaged
   */
  public long savedSteps() {
    return state().steps();
  }

  /**
   * The moving averages of a player in the saved state: what a finished model is made of.
   *
   * @param player its name
   * @return by the variables' names, copied into ordinary memory
   * @throws io.songe.error.InvalidRequestException if nothing was saved yet, or there is no such
   *     player
   * @throws io.songe.error.BrokenFileException if the saved state is damaged
   */
  public SequencedMap<String, StoredTensor> savedAverages(String player) {
    return state().averages(player);
  }

  /** {@return the saved state, which may not be there yet} */
  SavedState state() {
    return new SavedState(
        folder.resolve("state.safetensors"), FileHash.sha256(folder.resolve(CONFIG)));
  }

  /** {@return the metrics, which may not be there yet} */
  Path metrics() {
    return folder.resolve("metrics.csv");
  }

  /** {@return what was measured with the sheets, which may not be there} */
  Path figures() {
    return folder.resolve("figures.csv");
  }

  /** {@return the report, which may not be there yet} */
  Path report() {
    return folder.resolve("report.html");
  }

  /** {@return the configuration} */
  Path config() {
    return folder.resolve(CONFIG);
  }

  /**
   * The sheet of a step.
   *
   * @param step how many steps were made
   * @return the file, which may not be there yet
   */
  Path sheet(long step) {
    return sheets().resolve("step-%06d.png".formatted(step));
  }

  /** {@return how many bytes can still be written where the run lies} */
  long freeSpace() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException failure) {
      throw FileLabel.ofFolder(folder).unreadable(failure);
    }
  }

  /** Takes away what writes that were killed have left behind. */
  void clearUnfinished() {
    for (Path where : new Path[] {folder, sheets()}) {
      try (Stream<Path> files = Files.list(where)) {
        for (Path left : files.filter(RunFolder::isUnfinished).toList()) {
          FileTree.delete(left);
        }
      } catch (IOException failure) {
        throw FileLabel.of(where)
            .broken("cannot be tidied up: " + FileLabel.reason(failure), failure);
      }
    }
  }
}
