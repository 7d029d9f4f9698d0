package io.songe.models;

import io.songe.checkpoint.ModelCard;
import io.songe.error.BrokenFileException;
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
 * files in a models folder, which is never created here. It is looked at anew at every call.
 */
public final class ModelShelf {
  /** The name of the bundled model, as its card says it. */
  public static final String BUNDLED = "songe-mini";

  private static final List<String> MODEL_FILES = List.of(".safetensors", ".ckpt", ".gguf");

  private final Path folder;

  /**
   * A shelf.
   *
   * @param folder of the models; perhaps not there
   */
  public ModelShelf(Path folder) {
    this.folder = folder;
  }

  /**
   * Where a user's models lie unless something else is said.
   *
   * @param environment the environment variables, of which {@code SONGE_MODELS} comes first
   * @param home the user's folder
   * @param system the name of the operating system, as the property {@code os.name} says it
   * @return the folder, perhaps not there
   */
  public static Path usualFolder(Map<String, String> environment, Path home, String system) {
    return new DataFolder(environment, home, system).named("models", "SONGE_MODELS");
  }

  /** {@return where models are looked for; perhaps not there} */
  public Path folder() {
    return folder;
  }

  /** {@return the LoRAs that lie in the models folder} */
  public AdapterShelf loras() {
    return new AdapterShelf(folder.resolve("loras"));
  }

  /** {@return the embeddings that lie in the models folder} */
  public AdapterShelf embeddings() {
    return new AdapterShelf(folder.resolve("embeddings"));
  }

  /**
   * {@return the folders and files of all models, the bundled one first, the others by name}
   *
   * @throws BrokenFileException if the models folder cannot be read
   */
  public List<Path> all() {
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
      throw AdapterShelf.unreadable(folder, unreadable);
    }
  }

  /** By its name alone, and not an autoencoder that waits to be put into a model. */
  private static boolean isModelFile(Path file) {
    String name = fileName(file).toLowerCase(Locale.ROOT);
    return MODEL_FILES.stream().anyMatch(name::endsWith)
        && !name.contains(".vae.")
        && Files.isRegularFile(file);
  }

  /** {@return the names of all models, the bundled one first} */
  public List<String> names() {
    return all().stream().map(ModelShelf::cardName).toList();
  }

  /**
   * {@return the first model that is called so, by its card, folder or file}
   *
   * @param name never a path
   */
  public Optional<Path> named(String name) {
    return name.equals(BUNDLED)
        ? Optional.of(SongeMini.folder())
        : all().stream().filter(each -> isCalled(each, name)).findFirst();
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
   * The model that a picture was drawn by: first by its weights, then by its name.
   *
   * @param name the model's name
   * @param weightsSha256 SHA-256 of its U-Net's weights; empty if it is not known
   * @return its folder or file, if there is one
   */
  public Optional<Path> drawnBy(String name, String weightsSha256) {
    if (weightsSha256.isEmpty()) {
      return named(name);
    }
    return Stream.concat(named(name).stream(), all().stream())
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
