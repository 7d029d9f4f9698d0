package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileHash;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import io.songe.format.JsonConfigWriter;
import io.songe.format.SafetensorsWriter;
import io.songe.format.StoredTensor;
import io.songe.model.Autoencoder;
import io.songe.model.vae.AutoencoderConfig;
import io.songe.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An autoencoder by itself in the published layout: {@code config.json} and its weights, in a
 * folder of their own or in the {@code vae} folder of a model or of a training run. An open one
 * owns the file's memory.
 */
public final class AutoencoderFolder implements AutoCloseable {
  private final LoadedNetwork<AutoencoderConfig, Autoencoder> loaded;

  private AutoencoderFolder(LoadedNetwork<AutoencoderConfig, Autoencoder> loaded) {
    this.loaded = loaded;
  }

  /**
   * Opens one.
   *
   * @param folder that holds {@code config.json}, or a folder {@code vae} with it
   * @param dtype in which it computes, FLOAT32 or BFLOAT16
   * @return the autoencoder, open until it is closed
   * @throws BrokenFileException if there is none, or it cannot be used; nothing stays open
   */
  public static AutoencoderFolder open(Path folder, DType dtype) {
    return new AutoencoderFolder(load(folder, dtype));
  }

  static LoadedNetwork<AutoencoderConfig, Autoencoder> load(Path folder, DType dtype) {
    Path inside = folder.resolve(ModelFolder.VAE);
    Path place = Files.isDirectory(inside) ? inside : folder;
    AutoencoderConfig config =
        AutoencoderConfigJson.read(JsonConfig.read(place.resolve(ModelFolder.CONFIG)));
    ComponentWeights weights =
        ComponentWeights.open(place, ModelFolder.WEIGHTS, AutoencoderNames.NAMES);
    return LoadedNetwork.build(config, weights, dtype, AutoencoderConfig::build);
  }

  /**
   * Writes one, in place of what is there of that name.
   *
   * @param folder that shall hold {@code config.json} and the weights; made where it is missing, if
   *     the folder above it is there
   * @param autoencoder what is written, each tensor in the type that it has
   * @throws BrokenFileException if the disk is full or the folder cannot be written; files that
   *     were there are whole all the same
   */
  public static void write(Path folder, ModelParts.Network<AutoencoderConfig> autoencoder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder);
      }
    } catch (IOException failure) {
      throw FileLabel.ofFolder(folder)
          .broken(
              "could not be made (%s); free some space or choose another folder"
                  .formatted(FileLabel.reason(failure)),
              failure);
    }
    List<StoredTensor> tensors =
        autoencoder.tensors().entrySet().stream()
            .map(named ->
                named.getValue().named(AutoencoderNames.NAMES.theirs().apply(named.getKey())))
            .toList();
    SafetensorsWriter.write(
        folder.resolve(ModelFolder.WEIGHTS + ".safetensors"), tensors, ModelFolderWriter.METADATA);
    JsonConfigWriter.write(
        folder.resolve(ModelFolder.CONFIG), AutoencoderConfigJson.write(autoencoder.config()));
  }

  /** {@return its sizes, and the scale of its latents} */
  public AutoencoderConfig config() {
    return loaded.config();
  }

  /** {@return the network} */
  public Autoencoder network() {
    return loaded.network();
  }

  /** {@return its config and its weights as they are stored, alive until this is closed} */
  public ModelParts.Network<AutoencoderConfig> part() {
    return new ModelParts.Network<>(loaded.config(), loaded.weights().stored());
  }

  /** {@return the SHA-256 of the file of its weights, in hexadecimal digits} */
  public String sha256() {
    return FileHash.sha256(loaded.weights().file());
  }

  @Override
  public void close() {
    loaded.close();
  }
}
