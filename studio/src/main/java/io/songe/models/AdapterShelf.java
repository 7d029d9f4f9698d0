package io.songe.models;

import io.songe.error.BrokenFileException;
import io.songe.file.FileHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * LoRAs or embeddings that can be asked for by name: the files in a folder of the models folder,
 * and in folders inside of it.
 *
 * @param folder perhaps not there
 */
public record AdapterShelf(Path folder) {
  private static final int DEEPEST = 5;
  private static final List<String> FILES =
      List.of(".safetensors", ".pt", ".pth", ".ckpt", ".bin", ".png");

  private List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.walk(folder, DEEPEST)) {
      return inside.filter(AdapterShelf::isAdapter).sorted().toList();
    } catch (IOException unreadable) {
      throw unreadable(folder, unreadable);
    }
  }

  static BrokenFileException unreadable(Path folder, IOException cause) {
    return new BrokenFileException(
        "the folder %s cannot be read: %s".formatted(folder, cause.getMessage()), cause);
  }

  private static boolean isAdapter(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return FILES.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** {@return the names of all files without their endings, each once} */
  public List<String> names() {
    return all().stream().map(AdapterShelf::name).distinct().toList();
  }

  /**
   * {@return the file of an adapter}
   *
   * @param name of the file without its ending; never a path
   */
  public Optional<Path> named(String name) {
    return all().stream().filter(file -> name(file).equals(name)).findFirst();
  }

  /**
   * {@return the file that a picture was drawn with; those of its name are looked at first}
   *
   * @param name of the file without its ending
   * @param sha256 of the file, in hexadecimal digits
   */
  public Optional<Path> withHash(String name, String sha256) {
    List<Path> files = all();
    return Stream.concat(
            files.stream().filter(file -> name(file).equals(name)),
            files.stream().filter(file -> !name(file).equals(name)))
        .filter(file -> FileHash.sha256(file).equalsIgnoreCase(sha256))
        .findFirst();
  }
}
