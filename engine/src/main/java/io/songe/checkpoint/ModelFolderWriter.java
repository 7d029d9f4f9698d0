package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.error.EngineException;
import io.songe.error.InvalidRequestException;
import io.songe.file.AtomicFile;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfigWriter;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.model.clip.ClipTextConfig;
import io.songe.tensor.DType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model in the published folder layout, with tensors named so that older and current
 * versions of diffusers and transformers open it. The folder appears at once when all of it is on
 * disk: until then it has a temporary name beside the target.
 */
public final class ModelFolderWriter {
  /** Without it the reference libraries refuse a file. */
  static final Map<String, String> METADATA = Map.of("format", "pt");

  private static final List<DType> STORABLE = List.of(DType.FLOAT32, DType.BFLOAT16, DType.FLOAT16);

  private final ModelParts model;
  private final Optional<DType> dtype;
  private final Path folder;

  private ModelFolderWriter(ModelParts model, Optional<DType> dtype, Path folder) {
    this.model = model;
    this.dtype = dtype;
    this.folder = folder;
  }

  /**
   * Writes a model with every tensor in the type that it has.
   *
   * @param model to write, open until then
   * @param target a folder that does not exist yet; the one above it must
   * @throws InvalidRequestException if the target exists, or the folder above it does not
   * @throws BrokenFileException if something cannot be read or written; nothing of the target is
   *     left then
   * @throws EngineException if the published format cannot say what a config says
   */
  public static void write(ModelParts model, Path target) {
    write(model, target, Optional.empty());
  }

  /**
   * Writes a model with its weights in one type.
   *
   * @param model to write, open until then
   * @param target a folder that does not exist yet; the one above it must
   * @param dtype FLOAT32, BFLOAT16 or FLOAT16
   * @throws InvalidRequestException if the target exists, the folder above it does not, or a weight
   *     is beyond the range of the type
   * @throws BrokenFileException if something cannot be read or written; nothing of the target is
   *     left then
   * @throws EngineException if the published format cannot say what a config says
   */
  public static void write(ModelParts model, Path target, DType dtype) {
    write(model, target, Optional.of(dtype));
  }

  /**
   * Writes a model in place of what is there of that name. What was there stays until the new
   * folder is whole on the disk.
   *
   * @param model to write, open until then
   * @param target a folder that may exist; the one above it must
   * @param dtype FLOAT32, BFLOAT16 or FLOAT16
   * @throws InvalidRequestException if the folder above does not exist, or a weight is beyond the
   *     range of the type
   * @throws BrokenFileException if something cannot be read or written
   * @throws EngineException if the published format cannot say what a config says
   */
  public static void replace(ModelParts model, Path target, DType dtype) {
    if (!Files.exists(target)) {
      write(model, target, dtype);
      return;
    }
    Path fresh = target.resolveSibling(unfinished());
    Path former = target.resolveSibling(unfinished());
    write(model, fresh, dtype);
    try {
      Files.move(target, former, StandardCopyOption.ATOMIC_MOVE);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      remove(former);
    } catch (IOException failure) {
      remove(fresh, failure);
      throw FileLabel.ofFolder(target)
          .broken("could not be replaced (%s)".formatted(FileLabel.reason(failure)), failure);
    }
  }

  private static String unfinished() {
    return "." + UUID.randomUUID() + ".part";
  }

  private static void write(ModelParts model, Path target, Optional<DType> dtype) {
    FileLabel label = FileLabel.ofFolder(target);
    Path above = requireWritable(target, label, dtype);
    Path part = above.resolve(unfinished());
    try {
      Files.createDirectory(part);
      new ModelFolderWriter(model, dtype, part).write();
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      remove(part, failure);
      throw label.broken(
          "could not be written (%s), nothing of it is left; free some space or choose another folder"
              .formatted(FileLabel.reason(failure)),
          failure);
    } catch (RuntimeException failure) {
      remove(part, failure);
      throw failure;
    }
  }

  /**
   * Refuses a target that cannot be written, or shall not be.
   *
   * @return the folder above it
   */
  static Path requireWritable(Path target, FileLabel label, Optional<DType> dtype) {
    Path above = target.toAbsolutePath().normalize().getParent();
    if (above == null || !Files.isDirectory(above)) {
      throw new InvalidRequestException(
          label.text() + " cannot be written: the folder above it does not exist; create it first");
    }
    if (Files.exists(target)) {
      throw new InvalidRequestException(
          label.text() + " exists already; choose another name, or remove it first");
    }
    if (dtype.filter(type -> !STORABLE.contains(type)).isPresent()) {
      throw new InvalidRequestException(
          "weights are stored as %s, got %s".formatted(STORABLE, dtype.get()));
    }
    return above;
  }

  private void write() throws IOException {
    for (Map.Entry<String, Companion> copy : model.copies().entrySet()) {
      copy(copy.getValue(), file(copy.getKey()));
    }
    if (!model.copies().containsKey(ModelFolder.SCHEDULER)) {
      writeJson(ModelFolder.SCHEDULER, SchedulerConfigWriter.write(model.scheduler()));
    }
    ModelCard card = model.card();
    int latentSide = Math.max(1, card.side() / model.autoencoder().config().factor());
    List<TowerFolders> towers = TowerFolders.of(model.family());
    for (int i = 0; i < towers.size(); i++) {
      ModelParts.Network<ClipTextConfig> encoder = model.textEncoders().get(i);
      writeNetwork(
          towers.get(i).encoder(),
          ModelFolder.TEXT_WEIGHTS,
          encoder,
          ClipTextConfigJson.write(encoder.config()),
          ClipNames.NAMES.theirs());
    }
    writeNetwork(
        ModelFolder.VAE,
        ModelFolder.WEIGHTS,
        model.autoencoder(),
        AutoencoderConfigJson.write(model.autoencoder().config()),
        AutoencoderNames.NAMES.theirs());
    Path weights =
        writeNetwork(
            ModelFolder.UNET,
            ModelFolder.WEIGHTS,
            model.unet(),
            UNetConfigWriter.write(model.unet().config(), latentSide),
            ComponentWeights.Names.SAME.theirs());
    writeJson(ModelCard.FILE, ModelCardJson.write(card.withWeights(FileHash.sha256(weights))));
    writeJson(ModelIndex.FILE, index().write());
  }

  private ModelIndex index() {
    Map<String, String> classes = new HashMap<>();
    classes.put("scheduler", model.scheduler().className());
    classes.put(ModelFolder.UNET, UNetTypes.CLASS);
    classes.put(ModelFolder.VAE, AutoencoderConfigJson.className(model.autoencoder().config()));
    List<TowerFolders> towers = TowerFolders.of(model.family());
    for (int i = 0; i < towers.size(); i++) {
      ClipTextConfig encoder = model.textEncoders().get(i).config();
      classes.put(towers.get(i).encoder(), ClipTextConfigJson.className(encoder));
      classes.put(towers.get(i).tokenizer(), "CLIPTokenizer");
    }
    return ModelIndex.of(model.family(), classes);
  }

  /** {@return the file of the weights} */
  private Path writeNetwork(
      String part,
      String stem,
      ModelParts.Network<?> network,
      Map<String, ? extends @Nullable Object> config,
      UnaryOperator<String> theirs)
      throws IOException {
    writeJson(part + "/" + ModelFolder.CONFIG, config);
    List<StoredTensor> tensors =
        network.tensors().entrySet().stream()
            .map(named -> named.getValue().named(theirs.apply(named.getKey())))
            .toList();
    Path weights = file(part + "/" + stem + ".safetensors");
    if (dtype.isPresent()) {
      SafetensorsWriter.write(weights, tensors, dtype.get(), METADATA);
    } else {
      SafetensorsWriter.write(weights, tensors, METADATA);
    }
    return weights;
  }

  private void writeJson(String name, Map<String, ? extends @Nullable Object> options)
      throws IOException {
    JsonConfigWriter.write(file(name), options);
  }

  static void copy(Companion from, Path to) throws IOException {
    try (InputStream bytes = from.open()) {
      AtomicFile.write(to, channel -> bytes.transferTo(Channels.newOutputStream(channel)));
    }
  }

  /** A file in the new folder, whose own folder exists from then on. */
  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return file;
  }

  static void remove(Path folder, Exception reason) {
    try {
      remove(folder);
    } catch (IOException stays) {
      reason.addSuppressed(stays);
    }
  }

  static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.toList().reversed()) {
        Files.delete(path);
      }
    }
  }
}
