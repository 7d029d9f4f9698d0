package io.songe.server.a1111;

import io.songe.checkpoint.ModelCard;
import io.songe.error.BrokenFileException;
import io.songe.mini.SongeMini;
import io.songe.models.ModelShelf;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The models at hand as the web UI lists them. A title is a file's name and the first ten digits of
 * a fingerprint, by which clients choose.
 */
final class ModelList {
  private static final int SHORT_HASH = 10;
  private static final Pattern TITLE_HASH = Pattern.compile(" \\[[0-9a-fA-F]+]$");

  private final ModelShelf shelf;
  private final String usual;

  /**
   * A list.
   *
   * @param usual the name of the model that is taken where none is asked for
   */
  ModelList(ModelShelf shelf, String usual) {
    this.shelf = shelf;
    this.usual = usual;
  }

  /**
   * A model.
   *
   * @param name by which the studio knows it: that of its file or folder
   * @param card what it says of itself
   */
  record Entry(String name, ModelCard card) {
    String title() {
      return hash().map(hash -> name + " [" + hash + "]").orElse(name);
    }

    Optional<String> hash() {
      return card.weightsSha256().map(ModelList::shortHash);
    }

    String modelName() {
      return name.replaceFirst("\\.(safetensors|ckpt|gguf)$", "");
    }

    private boolean isCalled(String wanted) {
      return wanted.equalsIgnoreCase(title())
          || wanted.equalsIgnoreCase(name)
          || wanted.equalsIgnoreCase(modelName())
          || wanted.equals(card.name())
          || hash().filter(wanted::equalsIgnoreCase).isPresent()
          || card.weightsSha256().filter(wanted::equalsIgnoreCase).isPresent();
    }
  }

  static String shortHash(String sha256) {
    return sha256.substring(0, Math.min(SHORT_HASH, sha256.length())).toLowerCase(Locale.ROOT);
  }

  /** {@return all models that can be read, the bundled one first} */
  List<Entry> all() {
    return shelf.all().stream().flatMap(model -> entry(model).stream()).toList();
  }

  private static Optional<Entry> entry(Path model) {
    try {
      ModelCard card = ModelCard.read(model);
      boolean bundled = model.equals(SongeMini.folder());
      return Optional.of(
          new Entry(bundled ? ModelShelf.BUNDLED : String.valueOf(model.getFileName()), card));
    } catch (BrokenFileException unusable) {
      return Optional.empty(); // it cannot be drawn with either
    }
  }

  /** {@return the model that is taken where none is asked for} */
  Entry usual() {
    return find(usual)
        .orElseGet(() -> new Entry(ModelShelf.BUNDLED, ModelCard.read(SongeMini.folder())));
  }

  /** {@return the model of a title, a name or a fingerprint, whole or short} */
  Optional<Entry> find(String wanted) {
    String name = wanted.strip();
    String untitled = TITLE_HASH.matcher(name).replaceFirst("");
    List<Entry> all = all();
    return all.stream()
        .filter(entry -> entry.isCalled(name))
        .findFirst()
        .or(() -> all.stream().filter(entry -> entry.isCalled(untitled)).findFirst());
  }

  /** {@return the answer of {@code sd-models}} */
  ArrayNode json() {
    ArrayNode models = RequestFields.JSON.createArrayNode();
    for (Entry entry : all()) {
      ObjectNode model = models.addObject();
      model.put("title", entry.title());
      model.put("model_name", entry.modelName());
      model.put("hash", entry.hash().orElse(null));
      model.put("sha256", entry.card().weightsSha256().orElse(null));
      model.put("filename", entry.name());
      model.putNull("config");
    }
    return models;
  }
}
