package io.songe.checkpoint;

import io.songe.checkpoint.original.OriginalModel;
import io.songe.file.FileHash;
import io.songe.format.TensorInfo;
import io.songe.model.clip.ClipTextConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What can be told of a model without opening it: its weights are counted, not loaded, and nothing
 * native is needed.
 *
 * @param folder of the model, or its file
 * @param card what it says of itself
 * @param pipeline the published name of its kind, such as {@code StableDiffusionPipeline}
 * @param parts its networks, in the order in which a phrase becomes a picture
 */
public record ModelSummary(Path folder, ModelCard card, String pipeline, List<Part> parts) {
  /** A summary with its list copied. */
  public ModelSummary {
    parts = List.copyOf(parts);
  }

  /**
   * One network of a model.
   *
   * @param name the part's folder, such as {@code unet}
   * @param type the published class, such as {@code UNet2DConditionModel}
   * @param parameters how many numbers it learned
   * @param bytes that they take in the file
   */
  public record Part(String name, String type, long parameters, long bytes) {}

  /**
   * Reads a model's descriptions and the headers of its weights.
   *
   * @param model its folder or file
   * @return its summary
   * @throws io.songe.error.BrokenFileException if it is no model, or a file of it cannot be
   *     understood
   */
  public static ModelSummary read(Path model) {
    return Files.isRegularFile(model) ? ofFile(model) : ofFolder(model);
  }

  private static ModelSummary ofFile(Path file) {
    try (SingleFile single = SingleFile.read(file)) {
      OriginalModel model = single.model();
      List<TowerFolders> towers = TowerFolders.of(single.family());
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < model.texts().size(); i++) {
        OriginalModel.Part<ClipTextConfig> text = model.texts().get(i);
        String type = ClipTextConfigJson.className(text.config());
        parts.add(part(towers.get(i).encoder(), type, single.weights(text.placements())));
      }
      parts.add(part(ModelFolder.UNET, UNetTypes.CLASS, single.weights(model.unet().placements())));
      parts.add(
          part(
              ModelFolder.VAE,
              AutoencoderConfigJson.className(model.autoencoder().config()),
              single.weights(model.autoencoder().placements())));
      return new ModelSummary(
          file, single.card(), ModelIndex.of(single.family(), Map.of()).pipeline(), parts);
    }
  }

  private static ModelSummary ofFolder(Path folder) {
    ModelIndex index = ModelIndex.read(folder);
    List<Part> parts =
        Stream.concat(
                index.towers().stream().map(TowerFolders::encoder),
                Stream.of(ModelFolder.UNET, ModelFolder.VAE))
            .map(name -> part(folder, name, index.classOf(name)))
            .toList();
    return new ModelSummary(folder, ModelCard.read(folder), index.pipeline(), parts);
  }

  private static Part part(Path folder, String name, String type) {
    try (ComponentWeights weights = ModelFolder.weights(folder, name)) {
      return part(name, type, weights);
    }
  }

  private static Part part(String name, String type, ComponentWeights weights) {
    List<TensorInfo> tensors = weights.described();
    return new Part(
        name,
        type,
        tensors.stream().mapToLong(tensor -> tensor.shape().elements()).sum(),
        tensors.stream().mapToLong(TensorInfo::storedBytes).sum());
  }

  /** {@return how many numbers the model learned} */
  public long parameters() {
    return parts.stream().mapToLong(Part::parameters).sum();
  }

  /** {@return the bytes that they take in the files} */
  public long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  /**
   * Reads the U-Net's weights through and compares them with the fingerprint that the model's
   * authors wrote into its card. A model without such a fingerprint passes, as all of one file do.
   *
   * @param folder of the model, or its file
   * @return whether they are as they were published
   * @throws io.songe.error.BrokenFileException if the folder holds no model, or the weights cannot
   *     be read
   */
  public static boolean weightsAreIntact(Path folder) {
    if (Files.isRegularFile(folder)) {
      return true;
    }
    try (ComponentWeights weights = ModelFolder.weights(folder, ModelFolder.UNET)) {
      return ModelCard.read(folder)
          .weightsSha256()
          .map(FileHash.sha256(weights.file())::equalsIgnoreCase)
          .orElse(true);
    }
  }
}
