package io.songe.checkpoint;

import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SchedulerConfig;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.model.Autoencoder;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextEncoder;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.tensor.DType;
import io.songe.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The published folder layout: {@code model_index.json} and a folder for each part, with its
 * options in a JSON file beside its weights.
 */
final class ModelFolder {
  static final String UNET = "unet";
  static final String VAE = "vae";
  static final String SCHEDULER = "scheduler/scheduler_config.json";
  static final String CONFIG = "config.json";
  static final String TEXT_WEIGHTS = "model";
  static final String WEIGHTS = "diffusion_pytorch_model";

  private static final int USUAL_LATENT_SIDE = 64;
  private static final int LARGEST_LATENT_SIDE = 512;

  private final Path folder;
  private final ModelIndex index;
  private final DType dtype;
  private final Deque<LoadedNetwork<?, ?>> opened = new ArrayDeque<>();

  private ModelFolder(Path folder, DType dtype) {
    this.folder = folder;
    this.index = ModelIndex.read(folder);
    this.dtype = dtype;
  }

  static Checkpoint open(Path folder, DType dtype) {
    ModelFolder model = new ModelFolder(folder, dtype);
    try {
      return model.checkpoint();
    } catch (RuntimeException unusable) {
      model.opened.forEach(LoadedNetwork::close);
      throw unusable;
    }
  }

  private Checkpoint checkpoint() {
    SchedulerConfig scheduler = scheduler(folder, index);
    List<LoadedTower> towers = index.towers().stream().map(this::tower).toList();
    LoadedNetwork<AutoencoderConfig, Autoencoder> autoencoder = autoencoder();
    LoadedNetwork<UNetConfig, NoisePredictor> unet = unet();
    int latentChannels = autoencoder.network().latentChannels();
    ModelFamily family = index.family(unet.config().inputChannels() != latentChannels);
    new ModelFit(FileLabel.ofFolder(folder), family)
        .require(towers, unet.config(), autoencoder.network());
    ModelCard card = ModelCard.read(folder, index, autoencoder.network().factor());
    return new Checkpoint(
        ModelParts.companions(folder, family),
        card,
        family,
        towers,
        unet,
        autoencoder,
        scheduler,
        dtype);
  }

  /** {@return how a model was trained, as its folder says} */
  static SchedulerConfig scheduler(Path folder, ModelIndex index) {
    JsonConfig options = JsonConfig.read(folder.resolve(SCHEDULER));
    return index.isXl() ? SchedulerConfigJson.readOfXl(options) : SchedulerConfigJson.read(options);
  }

  /** {@return what a text encoder is built like} */
  static ClipTextConfig text(Path folder, ModelIndex index, TowerFolders folders) {
    String part = folders.encoder();
    return ClipTextConfigJson.read(json(folder, part), index.classOf(part));
  }

  private LoadedTower tower(TowerFolders folders) {
    String part = folders.encoder();
    ClipTokenizer tokenizer = ClipTokenizer.open(folder.resolve(folders.tokenizer()));
    ClipTextConfig config = text(folder, index, folders);
    return new LoadedTower(
        tokenizer,
        remember(
            LoadedNetwork.build(
                config, weights(folder, part), DType.FLOAT32, ClipTextEncoder::new)));
  }

  private LoadedNetwork<AutoencoderConfig, Autoencoder> autoencoder() {
    AutoencoderConfig config = AutoencoderConfigJson.read(json(folder, VAE));
    requireClass(VAE, AutoencoderConfigJson.className(config));
    return remember(
        LoadedNetwork.build(config, weights(folder, VAE), dtype, AutoencoderConfig::build));
  }

  private LoadedNetwork<UNetConfig, NoisePredictor> unet() {
    UNetConfig config = UNetConfigJson.read(json(folder, UNET));
    requireClass(UNET, UNetTypes.CLASS);
    return remember(LoadedNetwork.build(config, weights(folder, UNET), dtype, UNet::new));
  }

  private void requireClass(String part, String type) {
    if (!index.classOf(part).equals(type)) {
      throw FileLabel.of(folder.resolve(ModelIndex.FILE))
          .broken(
              "says that '%s' is of class %s, and %s/%s says %s; are they of one model?"
                  .formatted(part, FileLabel.quote(index.classOf(part)), part, CONFIG, type));
    }
  }

  private <C, N> LoadedNetwork<C, N> remember(LoadedNetwork<C, N> network) {
    opened.push(network);
    return network;
  }

  private static JsonConfig json(Path folder, String part) {
    return JsonConfig.read(folder.resolve(part).resolve(CONFIG));
  }

  /** {@return the side of the latents that a model was trained on} */
  static int usualLatentSide(Path folder) {
    JsonConfig json = json(folder, UNET);
    int side = json.optionalInteger("sample_size").orElse(USUAL_LATENT_SIDE);
    if (side < 1 || side > LARGEST_LATENT_SIDE) {
      throw json.label()
          .broken(
              "option 'sample_size' = %d is not a side of latents, which is from 1 to %d; download it again"
                  .formatted(side, LARGEST_LATENT_SIDE));
    }
    return side;
  }

  /** {@return the opened weights of a part} */
  static ComponentWeights weights(Path folder, String part) {
    Path inside = folder.resolve(part);
    return switch (part) {
      case UNET -> ComponentWeights.open(inside, WEIGHTS, ComponentWeights.Names.SAME);
      case VAE -> ComponentWeights.open(inside, WEIGHTS, AutoencoderNames.NAMES);
      default -> ComponentWeights.open(inside, TEXT_WEIGHTS, ClipNames.NAMES);
    };
  }
}
