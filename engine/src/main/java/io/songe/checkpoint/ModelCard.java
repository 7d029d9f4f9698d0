package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.format.JsonConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a model says of itself beside the published files, in {@code songe.json}: its name, its
 * drawing styles, what it is best asked for. A folder without that file gets a card of the usual
 * values.
 *
 * @param name what to call the model
 * @param licence of the weights, an SPDX identifier, or {@code unknown}
 * @param styles the drawing styles it was taught by name; may be empty
 * @param side of the square picture it draws best, in pixels
 * @param steps how many suffice
 * @param guidanceScale that suits it
 * @param weightsSha256 SHA-256 of the U-Net's weights, if the file says it, in hexadecimal digits
 */
public record ModelCard(
    String name,
    String licence,
    List<DrawingStyle> styles,
    int side,
    int steps,
    double guidanceScale,
    Optional<String> weightsSha256) {
  static final String FILE = "songe.json";

  /** In the autoencoders of all published models. */
  private static final int PIXELS_OF_A_LATENT = 8;

  /** A card with its list copied. */
  public ModelCard {
    styles = List.copyOf(styles);
  }

  /**
   * Reads a folder's card, without the model's weights.
   *
   * @param folder of the model
   * @return the card
   * @throws BrokenFileException if the folder holds no model, or the card cannot be understood
   */
  public static ModelCard read(Path folder) {
    ModelIndex.read(folder);
    return read(folder, ModelFolder.usualLatentSide(folder) * PIXELS_OF_A_LATENT);
  }

  /**
   * Reads a folder's card.
   *
   * @param folder of the model
   * @param usualSide the side of its pictures where it has no card, in pixels
   * @return the card
   * @throws BrokenFileException if the file is there and cannot be understood
   */
  static ModelCard read(Path folder, int usualSide) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      Path name = folder.toAbsolutePath().normalize().getFileName();
      return new ModelCard(
          name == null ? "model" : name.toString(),
          "unknown",
          List.of(),
          usualSide,
          20,
          7.5,
          Optional.empty());
    }
    JsonConfig json = JsonConfig.read(file);
    ModelCard card =
        new ModelCard(
            json.string("name"),
            json.string("licence"),
            styles(json),
            json.integer("side"),
            json.integer("steps"),
            json.number("guidance_scale"),
            json.optionalString("weights_sha256"));
    json.refuseUnknown(Set.of());
    return card;
  }

  private static List<DrawingStyle> styles(JsonConfig json) {
    Optional<JsonConfig> phrases = json.optionalObject("style_phrases");
    List<String> names = json.strings("styles", List.of());
    if (phrases.isEmpty()) {
      return List.of();
    }
    Map<String, String> byLanguage =
        phrases.get().keys().stream()
            .collect(Collectors.toMap(language -> language, phrases.get()::string));
    return names.stream().map(name -> new DrawingStyle(name, byLanguage)).toList();
  }
}
