package io.songe.checkpoint;

import io.songe.checkpoint.original.OriginalKind;
import io.songe.checkpoint.original.OriginalModel;
import io.songe.checkpoint.original.OriginalTensors;
import io.songe.checkpoint.original.Placement;
import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.Prediction;
import io.songe.diffusion.SchedulerConfig;
import io.songe.file.FileLabel;
import io.songe.format.TensorSource;
import io.songe.format.WeightsFile;
import io.songe.model.Autoencoder;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextEncoder;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.nn.Parameters;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import io.songe.text.ClipTokenizer;
import io.songe.text.PublishedTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model of one file, with the names that its tensors have in the original program: all networks,
 * and nothing else. Configs are read off the shapes, the tokenizer is CLIP's own, or one in a
 * folder beside the file, named as the file with {@code .tokenizer} for its extension.
 */
final class SingleFile implements AutoCloseable {
  static final String LICENCE = "modelspec.license";
  static final String RESOLUTION = "modelspec.resolution";

  private static final Pattern SQUARE = Pattern.compile("([1-9][0-9]{1,3})x\\1");

  private final Path file;
  private final FileLabel label;
  private final TensorSource source;
  private final OriginalModel model;

  private SingleFile(Path file, TensorSource source) {
    this.file = file;
    this.label = FileLabel.of(file);
    this.source = source;
    ComponentWeights.requirePlainNames(source, label);
    Map<String, Shape> shapes = new HashMap<>();
    source.names().forEach(name -> shapes.put(name, source.describe(name).shape()));
    this.model = OriginalModel.of(new OriginalTensors(label, shapes));
  }

  /**
   * Opens a file, without building its networks.
   *
   * @throws io.songe.error.BrokenFileException if it cannot be read, or is no whole model
   */
  static SingleFile read(Path file) {
    TensorSource source = WeightsFile.open(file);
    try {
      return new SingleFile(file, source);
    } catch (RuntimeException unusable) {
      source.close();
      throw unusable;
    }
  }

  /**
   * Opens a model.
   *
   * @throws io.songe.error.BrokenFileException if it cannot be read, is no whole model, or its
   *     parts do not fit each other; nothing stays open
   */
  static Checkpoint open(Path file, DType dtype) {
    SingleFile single = read(file);
    List<LoadedNetwork<?, ?>> built = new ArrayList<>();
    try {
      return single.checkpoint(dtype, built);
    } catch (RuntimeException unusable) {
      built.forEach(LoadedNetwork::close);
      single.close();
      throw unusable;
    }
  }

  private Checkpoint checkpoint(DType dtype, List<LoadedNetwork<?, ?>> built) {
    ModelFamily family = family();
    List<LoadedTower> towers = new ArrayList<>();
    Map<String, Companion> companions = new LinkedHashMap<>();
    for (int i = 0; i < model.texts().size(); i++) {
      OriginalModel.Part<ClipTextConfig> text = model.texts().get(i);
      ClipTokenizer tokenizer =
          tokenizer(text.config(), TowerFolders.of(family).get(i), companions);
      towers.add(
          new LoadedTower(tokenizer, build(text, DType.FLOAT32, ClipTextEncoder::new, built)));
    }
    LoadedNetwork<AutoencoderConfig, Autoencoder> autoencoder =
        build(model.autoencoder().config(), model.autoencoder().placements(), dtype, built);
    LoadedNetwork<UNetConfig, NoisePredictor> unet = build(model.unet(), dtype, UNet::new, built);
    new ModelFit(label, family).require(towers, unet.config(), autoencoder.network());
    return new Checkpoint(
        companions, card(), family, towers, unet, autoencoder, scheduler(), dtype);
  }

  private <C, N> LoadedNetwork<C, N> build(
      OriginalModel.Part<C> part,
      DType dtype,
      BiFunction<C, Parameters, N> network,
      List<LoadedNetwork<?, ?>> built) {
    LoadedNetwork<C, N> loaded =
        LoadedNetwork.build(part.config(), weights(part.placements()), dtype, network);
    built.add(loaded);
    return loaded;
  }

  private LoadedNetwork<AutoencoderConfig, Autoencoder> build(
      AutoencoderConfig config,
      SequencedMap<String, Placement> placements,
      DType dtype,
      List<LoadedNetwork<?, ?>> built) {
    return build(
        new OriginalModel.Part<>(config, placements), dtype, AutoencoderConfig::build, built);
  }

  /** {@return the weights of a part; closing them closes the file} */
  ComponentWeights weights(SequencedMap<String, Placement> placements) {
    return ComponentWeights.of(file, source, placements);
  }

  /** {@return what the file holds} */
  OriginalModel model() {
    return model;
  }

  private ClipTokenizer tokenizer(
      ClipTextConfig text, TowerFolders folders, Map<String, Companion> companions) {
    String folder = folders.tokenizer();
    Path beside = tokenizerBeside(file, folders);
    if (Files.isDirectory(beside)) {
      ModelParts.tokenizerFiles(beside)
          .forEach((name, own) -> companions.put(folder + "/" + name, Companion.of(own)));
      return ClipTokenizer.open(beside);
    }
    PublishedTokenizer published = published(text);
    ClipTokenizer tokenizer = published.open();
    if (tokenizer.vocabularySize() != text.vocabulary()) {
      throw label.broken(
          "a text encoder knows %d tokens, and CLIP's tokenizer has %d; put the folder of the model's own tokenizer beside the file, as %s"
              .formatted(
                  text.vocabulary(),
                  tokenizer.vocabularySize(),
                  FileLabel.shorten(String.valueOf(beside.getFileName()))));
    }
    published
        .files()
        .forEach((name, bytes) -> companions.put(folder + "/" + name, Companion.of(bytes)));
    return tokenizer;
  }

  /** {@return the tokenizer with which such an encoder was published} */
  static PublishedTokenizer published(ClipTextConfig text) {
    return switch (text.activation()) {
      case QUICK_GELU -> PublishedTokenizer.CLIP;
      case GELU -> PublishedTokenizer.OPEN_CLIP;
    };
  }

  /** {@return where a tokenizer lies that is not CLIP's} */
  static Path tokenizerBeside(Path model, TowerFolders folders) {
    return model.resolveSibling(stem(model) + "." + folders.tokenizer());
  }

  /** {@return which Stable Diffusion it is} */
  ModelFamily family() {
    return family(model);
  }

  /** {@return which Stable Diffusion is read from a file that holds this} */
  static ModelFamily family(OriginalModel model) {
    int input = model.unet().config().inputChannels();
    boolean inpainting = input == 2 * model.autoencoder().config().latentChannels() + 1;
    return switch (model.kind()) {
      case STABLE_DIFFUSION_1, STABLE_DIFFUSION_2 -> new ModelFamily.StableDiffusion(inpainting);
      // As the published models of these kinds say in their folders.
      case XL -> new ModelFamily.StableDiffusionXl(inpainting, true);
      case XL_REFINER -> new ModelFamily.StableDiffusionXlRefiner(inpainting, false);
    };
  }

  /** {@return how the model was trained, as the file, its name or a file beside it says} */
  SchedulerConfig scheduler() {
    return new OriginalScheduler(file, source, model).config();
  }

  /** {@return a card of the usual values of its kind} */
  ModelCard card() {
    boolean xl = model.kind() == OriginalKind.XL || model.kind() == OriginalKind.XL_REFINER;
    return ModelCard.usual(stem(file), source.metadata().getOrDefault(LICENCE, ""), side(), xl);
  }

  private int side() {
    Matcher square = SQUARE.matcher(source.metadata().getOrDefault(RESOLUTION, ""));
    if (square.matches() && ModelCard.isSide(Integer.parseInt(square.group(1)))) {
      return Integer.parseInt(square.group(1));
    }
    return switch (model.kind()) {
      case STABLE_DIFFUSION_1 -> 512;
      case STABLE_DIFFUSION_2 ->
          scheduler().prediction() instanceof Prediction.Velocity ? 768 : 512;
      case XL, XL_REFINER -> 1024;
    };
  }

  /** {@return a file's name without its extension} */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  @Override
  public void close() {
    source.close();
  }
}
