package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.format.JsonConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code model_index.json}: what kind of pipeline a folder holds, and the class of each part.
 *
 * @param pipeline the published name of the pipeline, such as {@code StableDiffusionPipeline}
 * @param classes the published class name of each part that is there, by the part's name
 */
record ModelIndex(String pipeline, Map<String, String> classes) {
  static final String FILE = "model_index.json";

  private static final Set<String> PIPELINES = Set.of("StableDiffusionPipeline");
  private static final Set<String> PARTS =
      Set.of("vae", "text_encoder", "tokenizer", "unet", "scheduler");

  /** Parts that filter or describe pictures and do not change what is drawn. */
  private static final Set<String> BESIDE =
      Set.of("safety_checker", "feature_extractor", "image_encoder");

  private static final Set<String> IGNORABLE =
      Set.of("_diffusers_version", "_name_or_path", "requires_safety_checker");

  /**
   * Reads a folder's index.
   *
   * @param folder of the model
   * @return the index
   * @throws BrokenFileException if there is none, or it describes something else than a Stable
   *     Diffusion
   */
  static ModelIndex read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isDirectory(folder)) {
      throw new BrokenFileException(folder + ": there is no such folder");
    }
    if (!Files.isRegularFile(file)) {
      throw new BrokenFileException(
          folder
              + ": this folder is no model, it has no "
              + FILE
              + "; give the folder that holds unet/, vae/ and text_encoder/");
    }
    JsonConfig json = JsonConfig.read(file);
    String pipeline = json.string("_class_name");
    if (!PIPELINES.contains(pipeline)) {
      throw new BrokenFileException(
          file
              + ": '"
              + pipeline
              + "' is an architecture that this version does not know; it opens "
              + String.join(", ", PIPELINES));
    }
    Map<String, String> classes = new LinkedHashMap<>();
    for (String part : PARTS) {
      component(json, part)
          .ifPresentOrElse(
              type -> classes.put(part, type),
              () -> {
                throw new BrokenFileException(file + ": the model has no '" + part + "'");
              });
    }
    BESIDE.forEach(part -> component(json, part));
    json.refuseUnknown(IGNORABLE);
    return new ModelIndex(pipeline, classes);
  }

  /** {@return the published class of a part that every model has} */
  String classOf(String part) {
    return Objects.requireNonNull(classes.get(part), part);
  }

  /** A part is written as [library, class], or [null, null] where it was left out. */
  private static Optional<String> component(JsonConfig json, String part) {
    if (!json.has(part)) {
      return Optional.empty();
    }
    List<Optional<String>> libraryAndClass = json.nullableStrings(part);
    return libraryAndClass.size() == 2 ? libraryAndClass.get(1) : Optional.empty();
  }
}
