package io.songe.checkpoint;

import io.songe.diffusion.SchedulerConfig;
import io.songe.error.EngineException;
import io.songe.format.StoredTensor;
import io.songe.model.clip.ClipTextConfig;
import io.songe.model.unet.UNetConfig;
import io.songe.model.vae.AutoencoderConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that a model's folder holds, as configs and tensors: what {@link ModelFolderWriter} writes.
 *
 * @param card what it says of itself; the fingerprint on it is of no matter
 * @param family which Stable Diffusion it is
 * @param scheduler how it was trained, and the sampler its authors mean
 * @param textEncoders the networks that read phrases, in the order in which their features are
 *     joined; as many as the family has
 * @param unet the network that removes noise
 * @param autoencoder the network between latents and pictures
 * @param copies files to be taken over as they are, by their names in the folder, such as {@code
 *     tokenizer/vocab.json}. One that would be made from the above is copied all the same, such as
 *     {@code scheduler/scheduler_config.json}, which may hold options for other programs
 */
public record ModelParts(
    ModelCard card,
    ModelFamily family,
    SchedulerConfig scheduler,
    List<Network<ClipTextConfig>> textEncoders,
    Network<UNetConfig> unet,
    Network<AutoencoderConfig> autoencoder,
    Map<String, Companion> copies) {
  /** What may stand beside networks and card, and is not read to be written anew. */
  private static final List<String> COMPANIONS =
      List.of(ModelFolder.SCHEDULER, "README.md", "LICENSE", "LICENSE.md", "LICENSE.txt", "NOTICE");

  private static final List<String> OF_A_TOKENIZER =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "vocab.json",
          "merges.txt",
          "special_tokens_map.json",
          "added_tokens.json");

  /**
   * Parts with their collections copied.
   *
   * @throws io.songe.error.EngineException if there are more or fewer text encoders than the family
   *     has
   */
  public ModelParts {
    textEncoders = List.copyOf(textEncoders);
    if (textEncoders.size() != TowerFolders.of(family).size()) {
      throw new EngineException(
          "of the text encoders a model of %s has %d, got %d"
              .formatted(family, TowerFolders.of(family).size(), textEncoders.size()));
    }
    copies = Collections.unmodifiableMap(new LinkedHashMap<>(copies));
  }

  /**
   * One network.
   *
   * @param config its sizes
   * @param tensors its weights under our names; they must live until the model is written
   */
  public record Network<C>(C config, Map<String, StoredTensor> tensors) {
    /** A network with its map copied. */
    public Network {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }
  }

  /**
   * {@return the same parts, but for the U-Net}
   *
   * @param other U-Net
   */
  public ModelParts withUnet(Network<UNetConfig> other) {
    return new ModelParts(card, family, scheduler, textEncoders, other, autoencoder, copies);
  }

  /** {@return the files of a model's folder that are copied as they are, by their names} */
  static Map<String, Companion> companions(Path folder, ModelFamily family) {
    Map<String, Companion> files = new LinkedHashMap<>();
    present(folder, COMPANIONS).forEach((name, file) -> files.put(name, Companion.of(file)));
    for (TowerFolders tower : TowerFolders.of(family)) {
      tokenizerFiles(folder.resolve(tower.tokenizer()))
          .forEach((name, file) -> files.put(tower.tokenizer() + "/" + name, Companion.of(file)));
    }
    return files;
  }

  /** {@return the files of a tokenizer's folder, by their names} */
  static Map<String, Path> tokenizerFiles(Path folder) {
    return present(folder, OF_A_TOKENIZER);
  }

  private static Map<String, Path> present(Path folder, List<String> names) {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String name : names) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        files.put(name, file);
      }
    }
    return files;
  }
}
