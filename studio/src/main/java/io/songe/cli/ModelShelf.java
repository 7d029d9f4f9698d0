package io.songe.cli;

import io.songe.checkpoint.ModelCard;
import io.songe.cli.messages.Text;
import io.songe.error.BrokenFileException;
import io.songe.error.InvalidRequestException;
import io.songe.mini.SongeMini;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that can be asked for by name: the one that comes with Songe, and the folders and
 * files in the models folder, which is never created here.
 */
final class ModelShelf {
  /** The name of the bundled model, as its card says it. */
  static final String BUNDLED = "songe-mini";

  private static final List<String> MODEL_FILES = List.of(".safetensors", ".ckpt", ".gguf");

  private final Surroundings around;
  private final Path folder;

  ModelShelf(Surroundings around) {
    this(around, System.getProperty("os.name", "").toLowerCase(Locale.ROOT));
  }

  ModelShelf(Surroundings around, String system) {
    this.around = around;
    this.folder = modelsFolder(around.environment(), around.home(), system);
  }

  private static Path modelsFolder(Map<String, String> environment, Path home, String system) {
    Optional<Path> wanted = variable(environment, "SONGE_MODELS");
    if (wanted.isPresent()) {
      return wanted.get();
    }
    Path data =
        switch (system) {
          case String name when name.startsWith("mac") ->
              home.resolve("Library/Application Support");
          case String name when name.startsWith("windows") ->
              variable(environment, "LOCALAPPDATA").orElse(home.resolve("AppData/Local"));
          default -> variable(environment, "XDG_DATA_HOME").orElse(home.resolve(".local/share"));
        };
    return data.resolve("songe").resolve("models");
  }

  private static Optional<Path> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /** {@return where models are looked for; perhaps not there} */
  Path folder() {
    return folder;
  }

  /** {@return the folders and files of all models, the bundled one first, the others by name} */
  List<Path> all() {
    return Stream.concat(Stream.of(SongeMini.folder()), others().stream()).toList();
  }

  private List<Path> others() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(each -> !fileName(each).startsWith(".")) // being fetched or copied
          .filter(
              each -> Files.isRegularFile(each.resolve("model_index.json")) || isModelFile(each))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new BrokenFileException(
          around.say(Text.FOLDER_UNREADABLE, folder, String.valueOf(unreadable.getMessage())),
          unreadable);
    }
  }

  /** By its name alone, and not an autoencoder that waits to be put into a model. */
  private static boolean isModelFile(Path file) {
    String name = fileName(file).toLowerCase(Locale.ROOT);
    return MODEL_FILES.stream().anyMatch(name::endsWith)
        && !name.contains(".vae.")
        && Files.isRegularFile(file);
  }

  /** {@return the first model that is called so, by its card, folder or file} */
  Optional<Path> named(String name) {
    return all().stream().filter(each -> isCalled(each, name)).findFirst();
  }

  /** What the bundled model's folder is called is nobody's business. */
  private static boolean isCalled(Path model, String name) {
    return cardName(model).equals(name)
        || (!model.equals(SongeMini.folder()) && fileName(model).equalsIgnoreCase(name));
  }

  private static String cardName(Path model) {
    try {
      return ModelCard.read(model).name();
    } catch (BrokenFileException unusable) {
      return fileName(model);
    }
  }

  private static String fileName(Path model) {
    return String.valueOf(model.getFileName());
  }

  /**
   * The folder or file of a model.
   *
   * @param nameOrPath a name from the shelf, or a folder or file anywhere
   * @throws InvalidRequestException if it is neither
   */
  Path find(String nameOrPath) {
    if (nameOrPath.equals(BUNDLED)) {
      return SongeMini.folder();
    }
    return named(nameOrPath)
        .or(() -> Optional.of(UserPath.of(nameOrPath, around)).filter(Files::exists))
        .orElseThrow(() -> unknown(nameOrPath));
  }

  private InvalidRequestException unknown(String name) {
    List<String> names = all().stream().map(ModelShelf::cardName).toList();
    return UnknownName.refuse(around, Text.UNKNOWN_MODEL, name, names);
  }

  /**
   * The model that a picture was drawn by: first by its weights, then by its name.
   *
   * @param name the model's name
   * @param weightsSha256 SHA-256 of its U-Net's weights
   */
  Optional<Path> drawnBy(String name, String weightsSha256) {
    return all().stream()
        .filter(each -> hasWeights(each, weightsSha256))
        .findFirst()
        .or(() -> named(name));
  }

  private static boolean hasWeights(Path model, String sha256) {
    try {
      return ModelCard.read(model).weightsSha256().filter(sha256::equalsIgnoreCase).isPresent();
    } catch (BrokenFileException unusable) {
      return false;
    }
  }
}
