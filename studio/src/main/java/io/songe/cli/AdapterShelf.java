package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
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
 * @param around the words
 * @param folder perhaps not there
 * @param unknown what to say to a name that nothing has
 */
record AdapterShelf(Surroundings around, Path folder, Text unknown) {
  private static final int DEEPEST = 5;
  private static final List<String> FILES =
      List.of(".safetensors", ".pt", ".pth", ".ckpt", ".bin", ".png");

  static AdapterShelf loras(Surroundings around) {
    return new AdapterShelf(
        around, new ModelShelf(around).folder().resolve("loras"), Text.UNKNOWN_LORA);
  }

  static AdapterShelf embeddings(Surroundings around) {
    return new AdapterShelf(
        around, new ModelShelf(around).folder().resolve("embeddings"), Text.UNKNOWN_EMBEDDING);
  }

  private List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.walk(folder, DEEPEST)) {
      return inside.filter(AdapterShelf::isAdapter).sorted().toList();
    } catch (IOException unreadable) {
      throw new BrokenFileException(
          around.say(Text.FOLDER_UNREADABLE, folder, String.valueOf(unreadable.getMessage())),
          unreadable);
    }
  }

  private static boolean isAdapter(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return FILES.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  /**
   * The file of an adapter.
   *
   * @param nameOrPath a name from the shelf, or a file anywhere
   * @throws InvalidRequestException if it is neither
   */
  Path find(String nameOrPath) {
    return at(nameOrPath)
        .or(() -> Optional.of(UserPath.of(nameOrPath, around)).filter(Files::isRegularFile))
        .orElseThrow(() -> refused(nameOrPath));
  }

  /**
   * The file of an adapter that a prompt asks for, which may come from elsewhere and names no file.
   *
   * @throws InvalidRequestException if there is none of that name
   */
  Path named(String name) {
    return at(name).orElseThrow(() -> refused(name));
  }

  private Optional<Path> at(String name) {
    return all().stream().filter(file -> name(file).equals(name)).findFirst();
  }

  private InvalidRequestException refused(String name) {
    List<String> known = all().stream().map(AdapterShelf::name).distinct().toList();
    return known.isEmpty()
        ? new InvalidRequestException(
            around.say(unknown, name) + around.say(Text.ADAPTERS_GO_INTO, folder))
        : UnknownName.refuse(around, unknown, name, known);
  }

  /** {@return the file that a picture was drawn with; one of its name is looked at first} */
  Optional<Path> withHash(String name, String sha256) {
    List<Path> files = all();
    return Stream.concat(
            files.stream().filter(file -> name(file).equals(name)),
            files.stream().filter(file -> !name(file).equals(name)))
        .filter(file -> FileHash.sha256(file).equalsIgnoreCase(sha256))
        .findFirst();
  }
}
