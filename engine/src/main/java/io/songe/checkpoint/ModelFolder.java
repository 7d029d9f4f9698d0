package io.songe.checkpoint;

import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SchedulerConfig;
import io.songe.error.BrokenFileException;
import io.songe.format.JsonConfig;
import io.songe.model.Autoencoder;
import io.songe.model.TextEncoder;
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

/**
 * The published folder layout: {@code model_index.json} and a folder for each part, with its
 * options in a JSON file beside its weights.
 */
final class ModelFolder {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "diffusion_pytorch_model";

  private static final int USUAL_LATENT_SIDE = 64;

  private final Path folder;
  private final ModelIndex index;
  private final DType dtype;
  private final Deque<LoadedNetwork<?>> opened = new ArrayDeque<>();

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
    ClipTokenizer tokenizer = ClipTokenizer.open(folder.resolve("tokenizer"));
    SchedulerConfig scheduler = scheduler();
    UNetConfig config = UNetConfigJson.read(json("unet"), name("unet"));
    LoadedNetwork<TextEncoder> textEncoder = textEncoder();
    LoadedNetwork<Autoencoder> autoencoder = autoencoder();
    LoadedNetwork<NoisePredictor> unet =
        remember(
            LoadedNetwork.build(
                weights(folder, "unet"), dtype, parameters -> new UNet(config, parameters)));
    requireFit(config, tokenizer, textEncoder.network(), autoencoder.network());
    int usualSide = usualLatentSide(folder) * autoencoder.network().factor();
    return Checkpoint.assemble(
        ModelCard.read(folder, usualSide),
        tokenizer,
        textEncoder,
        unet,
        autoencoder,
        scheduler,
        dtype);
  }

  /** {@return the side of the latents that a model was trained on} */
  static int usualLatentSide(Path folder) {
    return JsonConfig.read(folder.resolve("unet").resolve(CONFIG))
        .optionalInteger("sample_size")
        .orElse(USUAL_LATENT_SIDE);
  }

  /** {@return the opened weights of a part} */
  static ComponentWeights weights(Path folder, String part) {
    return switch (part) {
      case "text_encoder" -> ComponentWeights.open(folder.resolve(part), "model", ClipNames.NAMES);
      case "vae" -> ComponentWeights.open(folder.resolve(part), WEIGHTS, AutoencoderNames.NAMES);
      default -> ComponentWeights.open(folder.resolve(part), WEIGHTS, ComponentWeights.Names.SAME);
    };
  }

  private LoadedNetwork<TextEncoder> textEncoder() {
    ClipTextConfig config =
        ClipTextConfigJson.read(
            json("text_encoder"), index.classOf("text_encoder"), name("text_encoder"));
    return remember(
        LoadedNetwork.build(
            weights(folder, "text_encoder"),
            DType.FLOAT32,
            parameters -> new ClipTextEncoder(config, parameters)));
  }

  private LoadedNetwork<Autoencoder> autoencoder() {
    AutoencoderConfig config = AutoencoderConfigJson.read(json("vae"), name("vae"));
    return remember(LoadedNetwork.build(weights(folder, "vae"), dtype, config::build));
  }

  private SchedulerConfig scheduler() {
    Path file = folder.resolve("scheduler").resolve("scheduler_config.json");
    return SchedulerConfigJson.read(JsonConfig.read(file), file.toString());
  }

  private void requireFit(
      UNetConfig unet, ClipTokenizer tokenizer, TextEncoder text, Autoencoder autoencoder) {
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
  }

  private BrokenFileException misfit(String reason) {
    return new BrokenFileException(
        folder + ": the parts do not fit each other: " + reason + "; are they of one model?");
  }

  private <N> LoadedNetwork<N> remember(LoadedNetwork<N> network) {
    opened.push(network);
    return network;
  }

  private JsonConfig json(String part) {
    return JsonConfig.read(folder.resolve(part).resolve(CONFIG));
  }

  private String name(String part) {
    return folder.resolve(part).resolve(CONFIG).toString();
  }
}
