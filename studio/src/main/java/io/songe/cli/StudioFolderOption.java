package io.songe.cli;

import io.songe.studio.StudioSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says which studio is meant. */
final class StudioFolderOption {
  @Option(
      names = "--folder",
      paramLabel = "${bundle:label.folder}",
      descriptionKey = "studio-folder")
  private @Nullable String folder;

  /** {@return the studio's folder, perhaps not there yet} */
  Path folder(Surroundings around) {
    return folder == null
        ? StudioSettings.usualFolder(
            around.environment(), around.home(), System.getProperty("os.name", ""))
        : UserPath.of(folder, around).toAbsolutePath().normalize();
  }
}
