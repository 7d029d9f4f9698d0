package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code model_index.json}: what kind of pipeline a folder holds, and the class of each part.
 *
 * @param pipeline the published name of the pipeline, such as {@code StableDiffusionPipeline}
 * @param classes the published class name of each part that is there, by the part's name
 */
record ModelIndex(String pipeline, Map<String, String> classes) {
  static final String FILE = "model_index.json";
  static final String STABLE_DIFFUSION = "StableDiffusionPipeline";

  /** The parts and the libraries that their classes are of. */
  private static final Map<String, String> PARTS =
      Map.of(
          "vae", "diffusers",
          "text_encoder", "transformers",
          "tokenizer", "transformers",
          "unet", "diffusers",
          "scheduler", "diffusers");

  /** Parts that filter or describe pictures and do not change what is drawn. */
  private static final Set<String> BESIDE =
      Set.of("safety_checker", "feature_extractor", "image_encoder");

  /** Those of them that older versions of diffusers want to be told of even where they are not. */
  private static final List<String> LEFT_OUT = List.of("safety_checker", "feature_extractor");

  private static final String REQUIRES_CHECKER = "requires_safety_checker";

  private static final Set<String> IGNORABLE =
      Set.of("_diffusers_version", "_name_or_path", REQUIRES_CHECKER);

  /** An index with its map copied. */
  ModelIndex {
    classes = Map.copyOf(classes);
  }

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
      throw FileLabel.ofFolder(folder)
          .broken("there is no such folder; check the name, or download the model again");
    }
    if (!Files.isRegularFile(file)) {
      throw FileLabel.ofFolder(folder)
          .broken(
              "this folder is no model, it has no "
                  + FILE
                  + "; give the folder that holds unet/, vae/ and text_encoder/");
    }
    JsonConfig json = JsonConfig.read(file);
    String pipeline = json.string("_class_name");
    if (!pipeline.equals(STABLE_DIFFUSION)) {
      throw json.label()
          .broken(
              "%s is an architecture that this version does not know; it opens %s"
                  .formatted(FileLabel.quote(pipeline), STABLE_DIFFUSION));
    }
    Map<String, String> classes = new LinkedHashMap<>();
    for (String part : new TreeMap<>(PARTS).keySet()) {
      String type =
          component(json, part)
              .orElseThrow(() ->
                  json.label().broken("the model has no '" + part + "'; get one that is complete"));
      classes.put(part, type);
    }
    BESIDE.forEach(part -> component(json, part));
    json.refuseUnknown(IGNORABLE);
    return new ModelIndex(pipeline, classes);
  }

  /** A part is written as [library, class], or [null, null] where it was left out. */
  private static Optional<String> component(JsonConfig json, String part) {
    if (!json.has(part)) {
      return Optional.empty();
    }
    List<Optional<String>> libraryAndClass = json.nullableStrings(part);
    if (libraryAndClass.size() != 2) {
      throw json.label()
          .broken("'" + part + "' is not a library and a class; download the file again");
    }
    return libraryAndClass.get(1);
  }

  /** {@return the published class of a part that every model has} */
  String classOf(String part) {
    return Objects.requireNonNull(classes.get(part), part);
  }

  /** {@return this index as its file's options, without any part that is not needed to draw} */
  Map<String, @Nullable Object> write() {
    Map<String, @Nullable Object> json = new TreeMap<>();
    json.put("_class_name", pipeline);
    PARTS.forEach((part, library) -> json.put(part, List.of(library, classOf(part))));
    LEFT_OUT.forEach(part -> json.put(part, Collections.nCopies(2, null)));
    json.put(REQUIRES_CHECKER, false);
    return json;
  }
}
