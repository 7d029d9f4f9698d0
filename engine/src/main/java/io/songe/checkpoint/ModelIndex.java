package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import io.songe.format.JsonConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code model_index.json}: what kind of pipeline a folder holds, and the class of each part.
 *
 * @param pipeline the published name of the pipeline, such as {@code StableDiffusionPipeline}
 * @param classes the published class name of each part that is there, by the part's name
 * @param zeroesEmptyNegative whether zeros stand for an empty negative prompt; of XL alone
 * @param aestheticScore whether the U-Net is given a score; of XL's refiner alone
 */
record ModelIndex(
    String pipeline,
    Map<String, String> classes,
    boolean zeroesEmptyNegative,
    boolean aestheticScore) {
  static final String FILE = "model_index.json";

  private static final String PLAIN = "StableDiffusionPipeline";
  private static final String INPAINT = "StableDiffusionInpaintPipeline";
  private static final String IMAGE_TO_IMAGE = "StableDiffusionImg2ImgPipeline";
  private static final String XL = "StableDiffusionXLPipeline";
  private static final String XL_INPAINT = "StableDiffusionXLInpaintPipeline";
  private static final String XL_IMAGE_TO_IMAGE = "StableDiffusionXLImg2ImgPipeline";

  private static final List<String> OF_ONE_ENCODER = List.of(PLAIN, INPAINT, IMAGE_TO_IMAGE);
  private static final List<String> OF_XL = List.of(XL, XL_INPAINT, XL_IMAGE_TO_IMAGE);

  /** The parts that every model has. */
  private static final List<String> PARTS = List.of("scheduler", "unet", "vae");

  private static final String TRANSFORMERS = "transformers";
  private static final String DIFFUSERS = "diffusers";

  /** Parts that filter or describe pictures and do not change what is drawn. */
  private static final Set<String> BESIDE =
      Set.of("safety_checker", "feature_extractor", "image_encoder");

  /** Those of them that older versions of diffusers want to be told of even where they are not. */
  private static final List<String> LEFT_OUT = List.of("safety_checker", "feature_extractor");

  /** Whose layout this is. The reference cannot open a model for inpainting that does not tell. */
  private static final String VERSION = "_diffusers_version";

  private static final String LAYOUT = "0.42.1";

  private static final String REQUIRES_CHECKER = "requires_safety_checker";
  private static final String ZEROES = "force_zeros_for_empty_prompt";
  private static final String SCORE = "requires_aesthetics_score";

  /** Who wrote the file, whether others filter its pictures, and whether they sign them. */
  private static final Set<String> IGNORABLE =
      Set.of(VERSION, "_name_or_path", REQUIRES_CHECKER, "add_watermarker");

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
    if (!OF_ONE_ENCODER.contains(pipeline) && !OF_XL.contains(pipeline)) {
      throw json.label()
          .broken(
              "%s is an architecture that this version does not know; it opens %s"
                  .formatted(
                      FileLabel.quote(pipeline),
                      String.join(
                          ", ", Stream.concat(OF_ONE_ENCODER.stream(), OF_XL.stream()).toList())));
    }
    ModelIndex index = OF_XL.contains(pipeline) ? xl(json, pipeline) : ofOneEncoder(json, pipeline);
    BESIDE.forEach(part -> component(json, part));
    json.refuseUnknown(IGNORABLE);
    return index;
  }

  private static ModelIndex ofOneEncoder(JsonConfig json, String pipeline) {
    Map<String, String> classes = parts(json);
    requireTower(json, TowerFolders.FIRST, classes);
    return new ModelIndex(pipeline, classes, false, false);
  }

  private static ModelIndex xl(JsonConfig json, String pipeline) {
    Map<String, String> classes = parts(json);
    boolean score = json.flag(SCORE, false);
    boolean first =
        component(json, TowerFolders.FIRST.encoder()).isPresent()
            || component(json, TowerFolders.FIRST.tokenizer()).isPresent();
    if (first) {
      requireTower(json, TowerFolders.FIRST, classes);
    }
    requireTower(json, TowerFolders.SECOND, classes);
    if (first == score) {
      throw json.label()
          .broken(
              "option '%s' = %s does not go with %s; of Stable Diffusion XL the base has two and no score, the refiner has one and a score"
                  .formatted(SCORE, score, first ? "two text encoders" : "one text encoder"));
    }
    return new ModelIndex(pipeline, classes, json.flag(ZEROES, true), score);
  }

  private static Map<String, String> parts(JsonConfig json) {
    Map<String, String> classes = new HashMap<>();
    PARTS.forEach(part -> classes.put(part, required(json, part)));
    return classes;
  }

  private static void requireTower(
      JsonConfig json, TowerFolders folders, Map<String, String> classes) {
    for (String part : List.of(folders.encoder(), folders.tokenizer())) {
      classes.put(part, required(json, part));
    }
  }

  private static String required(JsonConfig json, String part) {
    return component(json, part)
        .orElseThrow(
            () -> json.label().broken("the model has no '" + part + "'; get one that is complete"));
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

  /**
   * The index of a model that is to be written.
   *
   * @param family of the model
   * @param classes as {@link #classes()}
   * @return the index
   */
  static ModelIndex of(ModelFamily family, Map<String, String> classes) {
    return switch (family) {
      case ModelFamily.StableDiffusion(boolean inpainting) ->
          new ModelIndex(inpainting ? INPAINT : PLAIN, classes, false, false);
      case ModelFamily.StableDiffusionXl(boolean inpainting, boolean zeroes) ->
          new ModelIndex(inpainting ? XL_INPAINT : XL, classes, zeroes, false);
      case ModelFamily.StableDiffusionXlRefiner(boolean inpainting, boolean zeroes) ->
          new ModelIndex(inpainting ? XL_INPAINT : XL_IMAGE_TO_IMAGE, classes, zeroes, true);
    };
  }

  /** {@return whether the model is a Stable Diffusion XL, base or refiner} */
  boolean isXl() {
    return OF_XL.contains(pipeline);
  }

  /**
   * The family that this index tells of.
   *
   * @param inpainting what only the U-Net can tell
   * @return the family
   */
  ModelFamily family(boolean inpainting) {
    if (!isXl()) {
      return new ModelFamily.StableDiffusion(inpainting);
    }
    return aestheticScore
        ? new ModelFamily.StableDiffusionXlRefiner(inpainting, zeroesEmptyNegative)
        : new ModelFamily.StableDiffusionXl(inpainting, zeroesEmptyNegative);
  }

  /** {@return where the text encoders are, in the order in which their features are joined} */
  List<TowerFolders> towers() {
    return TowerFolders.of(family(false));
  }

  /** {@return the published class of a part that this model has} */
  String classOf(String part) {
    return Objects.requireNonNull(classes.get(part), part);
  }

  /** {@return this index as its file's options, without any part that is not needed to draw} */
  Map<String, @Nullable Object> write() {
    Map<String, @Nullable Object> json = new TreeMap<>();
    json.put("_class_name", pipeline);
    json.put(VERSION, LAYOUT);
    PARTS.forEach(part -> json.put(part, List.of(DIFFUSERS, classOf(part))));
    for (TowerFolders folders : List.of(TowerFolders.FIRST, TowerFolders.SECOND)) {
      for (String part : List.of(folders.encoder(), folders.tokenizer())) {
        if (towers().contains(folders)) {
          json.put(part, List.of(TRANSFORMERS, classOf(part)));
        } else if (isXl()) {
          json.put(part, Collections.nCopies(2, null));
        }
      }
    }
    if (isXl()) {
      json.put(ZEROES, zeroesEmptyNegative);
      if (!pipeline.equals(XL)) {
        json.put(SCORE, aestheticScore);
      }
    } else {
      LEFT_OUT.forEach(part -> json.put(part, Collections.nCopies(2, null)));
      json.put(REQUIRES_CHECKER, false);
    }
    return json;
  }
}
