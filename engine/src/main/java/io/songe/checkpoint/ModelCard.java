package io.songe.checkpoint;

import io.songe.error.BrokenFileException;
import io.songe.file.FileLabel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a model says of itself beside the published files, in {@code songe.json}: its name, its
 * drawing styles, what it is best asked for. A folder without that file gets a card of the usual
 * values.
 *
 * @param name what to call the model
 * @param licence of the weights, an SPDX identifier, or {@code unknown}
 * @param styles the drawing styles it was taught by name; may be empty
 * @param things it was taught by name, if it says so
 * @param side of the square picture it draws best, in pixels
 * @param steps how many suffice
 * @param guidanceScale that suits it
 * @param guidanceRescale that suits it, in [0, 1]; 0 for none. A model that learned a zero terminal
 *     SNR often needs some. Lin et al. 2023, section 3.4
 * @param weightsSha256 SHA-256 of the U-Net's weights, if the file says it, in hexadecimal digits
 */
public record ModelCard(
    String name,
    String licence,
    List<DrawingStyle> styles,
    TaughtThings things,
    int side,
    int steps,
    double guidanceScale,
    double guidanceRescale,
    Optional<String> weightsSha256) {
  static final String FILE = "songe.json";

  /** The licence of weights that come without one. */
  static final String UNKNOWN = "unknown";

  /** In the autoencoders of all published models. */
  private static final int PIXELS_OF_A_LATENT = 8;

  private static final int USUAL_STEPS = 20;
  private static final double USUAL_GUIDANCE = 7.5;
  private static final double USUAL_GUIDANCE_OF_XL = 5;
  private static final int LARGEST_SIDE = 4096;
  private static final int MOST_STEPS = 1000;

  /** A line, so that it can stand in messages, file names and pictures. */
  private static final Pattern LINE = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}]{1,200}");

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

  /**
   * A card with its list copied.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ModelCard {
    styles = List.copyOf(styles);
    requireLine("name", name);
    requireLine("licence", licence);
    things.names().values().stream()
        .flatMap(List::stream)
        .forEach(thing -> requireLine("thing", thing));
    if (!isSide(side)) {
      throw new IllegalArgumentException(
          "the side of a model's pictures is a multiple of 8 up to 4096, got " + side);
    }
    if (steps < 1 || steps > MOST_STEPS) {
      throw new IllegalArgumentException("steps are from 1 to " + MOST_STEPS + ", got " + steps);
    }
    if (!Double.isFinite(guidanceScale)) {
      throw new IllegalArgumentException("guidance_scale is a number, got " + guidanceScale);
    }
    if (!(guidanceRescale >= 0 && guidanceRescale <= 1)) {
      throw new IllegalArgumentException("guidance_rescale is from 0 to 1, got " + guidanceRescale);
    }
    if (weightsSha256.filter(sha -> !SHA_256.matcher(sha).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "weights_sha256 is of 64 hexadecimal digits, got " + weightsSha256.get());
    }
  }

  private static void requireLine(String what, String text) {
    if (!isLine(text)) {
      throw new IllegalArgumentException(
          "a model's " + what + " is one line of up to 200 characters, got '" + text + "'");
    }
  }

  /** {@return whether pictures may have such a side} */
  static boolean isSide(int side) {
    return side >= PIXELS_OF_A_LATENT && side <= LARGEST_SIDE && side % PIXELS_OF_A_LATENT == 0;
  }

  private static boolean isLine(String text) {
    return !text.isBlank() && LINE.matcher(text).matches();
  }

  /**
   * Reads a model's card, without its weights. One file has none, and is given the usual values.
   *
   * @param model its folder or file
   * @return the card
   * @throws BrokenFileException if it is no model, or the card cannot be understood
   */
  public static ModelCard read(Path model) {
    if (Files.isRegularFile(model)) {
      try (SingleFile single = SingleFile.read(model)) {
        return single.card();
      }
    }
    return read(model, ModelIndex.read(model), PIXELS_OF_A_LATENT);
  }

  /**
   * Reads a folder's card.
   *
   * @param folder of the model
   * @param index of the folder
   * @param pixelsOfALatent how many pixels of a side one latent stands for
   * @return the card
   * @throws BrokenFileException if it cannot be understood
   */
  static ModelCard read(Path folder, ModelIndex index, int pixelsOfALatent) {
    Path file = folder.resolve(FILE);
    if (Files.isRegularFile(file)) {
      return ModelCardJson.read(file);
    }
    int side = ModelFolder.usualLatentSide(folder) * pixelsOfALatent;
    try {
      return usual(folder, side, index.isXl() ? USUAL_GUIDANCE_OF_XL : USUAL_GUIDANCE);
    } catch (IllegalArgumentException impossible) {
      throw FileLabel.of(folder.resolve(ModelFolder.UNET).resolve(ModelFolder.CONFIG))
          .refused(impossible);
    }
  }

  private static ModelCard usual(Path folder, int side, double guidance) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return usual(String.valueOf(name), "", side, guidance);
  }

  /**
   * A card of the usual values.
   *
   * @param name of the model, perhaps not fit for a card
   * @param licence of the weights, perhaps not fit for a card
   * @param side of its pictures
   * @param xl whether it is a Stable Diffusion XL
   * @return the card
   */
  static ModelCard usual(String name, String licence, int side, boolean xl) {
    return usual(name, licence, side, xl ? USUAL_GUIDANCE_OF_XL : USUAL_GUIDANCE);
  }

  private static ModelCard usual(String name, String licence, int side, double guidance) {
    return new ModelCard(
        isLine(name) ? name : "model",
        isLine(licence) ? licence : UNKNOWN,
        List.of(),
        TaughtThings.UNSAID,
        side,
        USUAL_STEPS,
        guidance,
        0,
        Optional.empty());
  }

  /**
   * This card for other weights.
   *
   * @param sha256 of the U-Net's, in hexadecimal digits
   * @return the changed copy
   */
  ModelCard withWeights(String sha256) {
    return new ModelCard(
        name,
        licence,
        styles,
        things,
        side,
        steps,
        guidanceScale,
        guidanceRescale,
        Optional.of(sha256));
  }
}
