package io.songe.gallery;

import io.songe.error.BrokenFileException;
import io.songe.image.Image;
import io.songe.pipeline.edit.Source;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the gallery writes into a picture's file beside how it was made: the part of the index that
 * cannot be read there, or only by decoding all pixels.
 *
 * @param format of this record
 * @param created when it was added
 * @param style that was asked for by name; may be empty
 * @param width in pixels
 * @param height in pixels
 * @param colour the mean of what is opaque, {@code #rrggbb}
 * @param transparent whether any of it is
 * @param pixels their fingerprint, as {@link Source#sha256} says
 * @param look as {@link Look} says
 */
record Imprint(
    int format,
    Instant created,
    String style,
    int width,
    int height,
    String colour,
    boolean transparent,
    String pixels,
    Look look) {
  /** Under which the imprint stands in the file. */
  static final String KEYWORD = "songe-gallery";

  private static final int FORMAT = 1;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** {@return the imprint of a picture} */
  static Imprint of(Image image, Instant created, String style) {
    return new Imprint(
        FORMAT,
        created,
        style,
        image.width(),
        image.height(),
        meanColour(image),
        image.hasTransparency(),
        Source.of(image).sha256(),
        Look.of(image));
  }

  /** {@return the imprint in a file's texts; empty if there is none that is understood} */
  static Optional<Imprint> of(Map<String, String> texts) {
    String json = texts.get(KEYWORD);
    if (json == null) {
      return Optional.empty();
    }
    try {
      Imprint imprint = JSON.readValue(json, Imprint.class);
      boolean understood = imprint.format == FORMAT && imprint.width > 0 && imprint.height > 0;
      return understood ? Optional.of(imprint) : Optional.empty();
    } catch (JacksonException | BrokenFileException garbled) {
      return Optional.empty();
    }
  }

  String toJson() {
    return JSON.writeValueAsString(this);
  }

  private static String meanColour(Image image) {
    byte[] rgba = image.rgba();
    long red = 0;
    long green = 0;
    long blue = 0;
    long weight = 0;
    for (int i = 0; i < rgba.length; i += 4) {
      int coverage = rgba[i + 3] & 0xff;
      red += (long) coverage * (rgba[i] & 0xff);
      green += (long) coverage * (rgba[i + 1] & 0xff);
      blue += (long) coverage * (rgba[i + 2] & 0xff);
      weight += coverage;
    }
    long whole = Math.max(1, weight);
    return "#%02x%02x%02x"
        .formatted(rounded(red, whole), rounded(green, whole), rounded(blue, whole));
  }

  private static long rounded(long sum, long weight) {
    return (sum + weight / 2) / weight;
  }
}
