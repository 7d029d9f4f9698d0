package io.songe.checkpoint;

import io.songe.format.TensorInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be told of a model without opening it: its weights are counted, not loaded, and nothing
 * native is needed.
 *
 * @param folder of the model
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
   * Reads a folder's descriptions and the headers of its weights.
   *
   * @param folder of the model
   * @return its summary
   * @throws io.songe.error.BrokenFileException if the folder holds no model, or a file of it cannot
   *     be understood
   */
  public static ModelSummary read(Path folder) {
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
      List<TensorInfo> tensors = weights.described();
      return new Part(
          name,
          type,
          tensors.stream().mapToLong(tensor -> tensor.shape().elements()).sum(),
          tensors.stream().mapToLong(TensorInfo::storedBytes).sum());
    }
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
   * authors wrote into its card. A model without such a fingerprint passes.
   *
   * @param folder of the model
   * @return whether they are as they were published
   * @throws io.songe.error.BrokenFileException if the folder holds no model, or the weights cannot
   *     be read
   */
  public static boolean weightsAreIntact(Path folder) {
    try (ComponentWeights weights = ModelFolder.weights(folder, ModelFolder.UNET)) {
      return ModelCard.read(folder)
          .weightsSha256()
          .map(FileHash.sha256(weights.file())::equalsIgnoreCase)
          .orElse(true);
    }
  }
}
