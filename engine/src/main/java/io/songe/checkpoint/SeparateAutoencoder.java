package io.songe.checkpoint;

import io.songe.checkpoint.original.OriginalAutoencoder;
import io.songe.checkpoint.original.OriginalTensors;
import io.songe.checkpoint.original.Placement;
import io.songe.checkpoint.original.TinyAutoencoderSizes;
import io.songe.file.FileLabel;
import io.songe.format.TensorSource;
import io.songe.format.WeightsFile;
import io.songe.model.Autoencoder;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.model.vae.AutoencoderTinyConfig;
import io.songe.model.vae.TinyDecoding;
import io.songe.tensor.DType;
import io.songe.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * An autoencoder that is published by itself and takes the place of a model's own: a folder with
 * {@code config.json}, or a file, whose names may be the original ones, with or without their
 * prefix, or those of the folders; or the decoder of a tiny one alone.
 *
 * @param network the autoencoder
 * @param whole whether it is one, or else decodes only, beside the model's own
 */
record SeparateAutoencoder(LoadedNetwork<AutoencoderConfig, Autoencoder> network, boolean whole) {
  private static final List<String> ORIGINAL_PREFIXES = List.of("", "first_stage_model.", "vae.");
  private static final List<String> UNNEEDED = List.of("loss.", "model_ema.");

  /**
   * Opens one.
   *
   * @param path of the folder or file
   * @param own config of the model's own autoencoder, whose scale is taken where a file says none
   * @param model the model's own, for a decoder that cannot encode
   * @param dtype in which it computes
   * @throws io.songe.error.BrokenFileException if it is no autoencoder, or one of other latents
   */
  static SeparateAutoencoder open(
      Path path, AutoencoderConfig own, Autoencoder model, DType dtype) {
    SeparateAutoencoder opened =
        Files.isDirectory(path) ? ofFolder(path, dtype) : ofFile(path, own, model, dtype);
    Autoencoder network = opened.network.network();
    if (network.latentChannels() != model.latentChannels()
        || network.factor() != model.factor()
        || network.imageChannels() != model.imageChannels()) {
      opened.network.close();
      throw FileLabel.of(path)
          .broken(
              "this autoencoder makes %d channels at %d times the side of latents of %d channels, and the model's own %d at %d of %d; is it for another kind of model?"
                  .formatted(
                      network.imageChannels(),
                      network.factor(),
                      network.latentChannels(),
                      model.imageChannels(),
                      model.factor(),
                      model.latentChannels()));
    }
    return opened;
  }

  private static SeparateAutoencoder ofFolder(Path folder, DType dtype) {
    return new SeparateAutoencoder(AutoencoderFolder.load(folder, dtype), true);
  }

  private static SeparateAutoencoder ofFile(
      Path file, AutoencoderConfig own, Autoencoder model, DType dtype) {
    TensorSource source = WeightsFile.open(file);
    FileLabel label = FileLabel.of(file);
    try {
      ComponentWeights.requirePlainNames(source, label);
      Map<String, Shape> shapes = new HashMap<>();
      source.names().forEach(name -> shapes.put(name, source.describe(name).shape()));
      OriginalTensors tensors = new OriginalTensors(label, shapes);
      if (TinyAutoencoderSizes.isDecoder(tensors)) {
        AutoencoderTinyConfig config = TinyAutoencoderSizes.decoder(tensors);
        ComponentWeights weights =
            ComponentWeights.of(file, source, TinyAutoencoderSizes.placements(tensors));
        return new SeparateAutoencoder(
            LoadedNetwork.build(
                config, weights, dtype, (_, p) -> new TinyDecoding(model, config, p)),
            false);
      }
      return new SeparateAutoencoder(whole(file, source, tensors, own, dtype), true);
    } catch (IllegalArgumentException impossible) {
      source.close();
      throw label.refused(impossible);
    } catch (RuntimeException unusable) {
      source.close();
      throw unusable;
    }
  }

  private static LoadedNetwork<AutoencoderConfig, Autoencoder> whole(
      Path file, TensorSource source, OriginalTensors tensors, AutoencoderConfig own, DType dtype) {
    Map<String, Shape> shapes = tensors.shapes();
    for (String prefix : ORIGINAL_PREFIXES) {
      if (shapes.containsKey(prefix + "decoder.mid.block_1.norm1.weight")) {
        return original(file, source, tensors, prefix, own, dtype);
      }
    }
    AutoencoderConfig config;
    if (shapes.containsKey("decoder.mid_block.resnets.0.norm1.weight")) {
      config = OriginalAutoencoder.configOfOurs(tensors, own.scale());
    } else if (shapes.containsKey("decoder.layers.0.weight")) {
      config = TinyAutoencoderSizes.config(tensors);
    } else {
      throw tensors
          .label()
          .broken(
              "holds no autoencoder that is known; it must be of the large kind, with the names of a model's file or folder, or TAESD");
    }
    ComponentWeights weights = ComponentWeights.of(file, source, AutoencoderNames.NAMES);
    return LoadedNetwork.build(config, weights, dtype, AutoencoderConfig::build);
  }

  /** All of a file without a prefix must be known; with one it may be a whole model's. */
  private static LoadedNetwork<AutoencoderConfig, Autoencoder> original(
      Path file,
      TensorSource source,
      OriginalTensors tensors,
      String prefix,
      AutoencoderConfig own,
      DType dtype) {
    SequencedMap<String, Placement> placements = new LinkedHashMap<>();
    OriginalTensors inside = tensors.in(prefix);
    var config = OriginalAutoencoder.config(inside, own.scale());
    OriginalAutoencoder.placements(config)
        .forEach((ours, theirs) -> {
          Placement place = theirs.under(prefix);
          if (tensors.shapes().containsKey(place.name())) {
            placements.put(ours, place);
          }
        });
    List<String> known = placements.values().stream().map(Placement::name).toList();
    for (String name : tensors.shapes().keySet()) {
      boolean unneeded =
          !name.startsWith(prefix)
              || UNNEEDED.stream().anyMatch(name.substring(prefix.length())::startsWith);
      if (!unneeded && !known.contains(name)) {
        placements.put(name, Placement.whole(name)); // to be refused by its name
      }
    }
    return LoadedNetwork.build(
        config, ComponentWeights.of(file, source, placements), dtype, (sizes, p) -> sizes.build(p));
  }
}
