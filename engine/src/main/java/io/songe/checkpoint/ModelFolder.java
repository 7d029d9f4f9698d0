package io.songe.checkpoint;

import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SchedulerConfig;
import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.model.Autoencoder;
import io.songe.model.TextEncoder;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.clip.ClipTextConfig.EndOfText;
import io.songe.model.clip.ClipTextEncoder;
import io.songe.model.unet.UNet;
import io.songe.model.unet.UNetConfig;
import io.songe.model.unet.UNetConfig.Added;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.tensor.DType;
import io.songe.text.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The published folder layout: {@code model_index.json} and a folder for each part, with its
 * options in a JSON file beside its weights.
 */
final class ModelFolder {
  static final String TEXT_ENCODER = "text_encoder";
  static final String UNET = "unet";
  static final String VAE = "vae";
  static final String TOKENIZER = "tokenizer";
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
    ClipTokenizer tokenizer = ClipTokenizer.open(folder.resolve(TOKENIZER));
    SchedulerConfig scheduler =
        SchedulerConfigJson.read(JsonConfig.read(folder.resolve(SCHEDULER)));
    LoadedNetwork<ClipTextConfig, TextEncoder> textEncoder = textEncoder();
    LoadedNetwork<AutoencoderConfig, Autoencoder> autoencoder = autoencoder();
    LoadedNetwork<UNetConfig, NoisePredictor> unet = unet();
    requireFit(unet.config(), textEncoder.network(), autoencoder.network());
    requireFit(tokenizer, textEncoder.config());
    ModelCard card = ModelCard.read(folder, autoencoder.network().factor());
    return new Checkpoint(
        folder, card, tokenizer, textEncoder, unet, autoencoder, scheduler, dtype);
  }

  private LoadedNetwork<ClipTextConfig, TextEncoder> textEncoder() {
    ClipTextConfig config =
        ClipTextConfigJson.read(json(folder, TEXT_ENCODER), index.classOf(TEXT_ENCODER));
    return remember(
        LoadedNetwork.build(
            config, weights(folder, TEXT_ENCODER), DType.FLOAT32, ClipTextEncoder::new));
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

  private void requireFit(UNetConfig unet, TextEncoder text, Autoencoder autoencoder) {
    if (unet.contextWidth() != text.width()) {
      throw misfit(
          "the U-Net wants features of width "
              + unet.contextWidth()
              + " and the text encoder gives "
              + text.width());
    }
    if (unet.inputChannels() != autoencoder.latentChannels()
        || unet.outputChannels() != autoencoder.latentChannels()) {
      throw misfit(
          "the U-Net works on "
              + unet.inputChannels()
              + " channels and the autoencoder on "
              + autoencoder.latentChannels());
    }
    if (autoencoder.imageChannels() != 3 && autoencoder.imageChannels() != 4) {
      throw misfit(
          "the autoencoder makes pictures of "
              + autoencoder.imageChannels()
              + " channels, neither colours alone nor colours and coverage");
    }
    if (!(unet.added() instanceof Added.None) && !(unet.added() instanceof Added.PooledText)) {
      throw misfit("the U-Net wants more than a text, " + unet.added());
    }
  }

  private void requireFit(ClipTokenizer tokenizer, ClipTextConfig text) {
    if (tokenizer.vocabularySize() > text.vocabulary()) {
      throw misfit(
          "the tokenizer has "
              + tokenizer.vocabularySize()
              + " tokens and the text encoder knows "
              + text.vocabulary());
    }
    if (tokenizer.maxLength() > text.positions()) {
      throw misfit(
          "the tokenizer gives "
              + tokenizer.maxLength()
              + " tokens at a time and the text encoder takes "
              + text.positions());
    }
    if (text.end() instanceof EndOfText.FirstOf(int end) && end != tokenizer.endId()) {
      throw misfit(
          "the tokenizer ends a text with the token "
              + tokenizer.endId()
              + " and the text encoder looks for "
              + end);
    }
  }

  private BrokenFileException misfit(String reason) {
    return FileLabel.ofFolder(folder)
        .broken("the parts do not fit each other: " + reason + "; are they of one model?");
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
    return switch (part) {
      case TEXT_ENCODER ->
          ComponentWeights.open(folder.resolve(part), TEXT_WEIGHTS, ClipNames.NAMES);
      case VAE -> ComponentWeights.open(folder.resolve(part), WEIGHTS, AutoencoderNames.NAMES);
      default -> ComponentWeights.open(folder.resolve(part), WEIGHTS, ComponentWeights.Names.SAME);
    };
  }
}
