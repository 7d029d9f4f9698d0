package io.songe.server;

import io.songe.mini.SongeMini;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The bundled model under another name, which says that it needs few steps and small pictures. */
public final class QuickModel {
  /** What it is called. */
  public static final String NAME = "quick";

  /** How many steps it says it needs. */
  public static final int STEPS = 4;

  /** The side of its pictures. */
  public static final int SIDE = 64;

  private QuickModel() {}

  /**
   * Puts it into a models folder.
   *
   * @return its own folder
   */
  public static Path in(Path models) throws IOException {
    Path original = SongeMini.folder();
    Path folder = models.resolve(NAME);
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = folder.resolve(original.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          link(file, copy);
        }
      }
    }
    Path card = folder.resolve("songe.json");
    String said = Files.readString(card);
    Files.delete(card); // it may be a link to the original
    Files.writeString(
        card,
        said.replaceFirst("\"name\": \"[^\"]*\"", "\"name\": \"" + NAME + "\"")
            .replaceFirst("\"steps\": \\d+", "\"steps\": " + STEPS)
            .replaceFirst("\"side\": \\d+", "\"side\": " + SIDE));
    return folder;
  }

  /** Links cost nothing, but reach neither into a jar nor to another disk. */
  private static void link(Path file, Path copy) throws IOException {
    if (file.getFileSystem().equals(FileSystems.getDefault())) {
      try {
        Files.createLink(copy, file);
        return;
      } catch (IOException anotherDisk) {
        // then it is copied
      }
    }
    Files.copy(file, copy);
  }
}
