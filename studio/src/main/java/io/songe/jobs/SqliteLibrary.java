package io.songe.jobs;

import io.songe.file.FileLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Where the driver of SQLite unpacks its native library: beside the queue's file, and not into the
 * system's folder for temporary files. There each process that was killed would leave a copy
 * behind, and on some machines nothing in it may be executed.
 */
final class SqliteLibrary {
  /** The driver's own setting; whoever sets it has it so. */
  private static final String SETTING = "org.sqlite.tmpdir";

  private static final Logger LOG = Logger.getLogger(SqliteLibrary.class.getName());

  private SqliteLibrary() {}

  /**
   * Makes the folder, empties it of what killed processes left, and tells the driver. The driver
   * loads the library once in a process and looks at the setting then.
   *
   * @param folder of this queue alone, which nobody else has open now
   */
  static void unpackInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> left;
    try (Stream<Path> files = Files.list(folder)) {
      left = files.toList();
    }
    for (Path file : left) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException used) {
        // as on Windows, by this very process
        LOG.fine(() -> FileLabel.of(file).text() + " stays: " + FileLabel.reason(used));
      }
    }
    if (System.getProperty(SETTING) == null) {
      System.setProperty(SETTING, folder.toAbsolutePath().toString());
    }
  }
}
