package io.songe.checkpoint.adapter;

import io.songe.file.FileLabel;
import io.songe.format.StrictJson;
import io.songe.image.Png;
import io.songe.image.PngLimits;
import java.nio.file.Path;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/**
 * A textual inversion that travels in a picture, as A1111 writes it: a PNG text {@code
 * sd-ti-embedding}, in base64, of JSON in which a tensor is an object {@code TORCHTENSOR} of nested
 * lists. Those in the pixels themselves are not read.
 */
final class PngInversion {
  private static final String KEYWORD = "sd-ti-embedding";

  private PngInversion() {}

  static WordVectors read(Path file) {
    FileLabel label = FileLabel.of(file);
    String text = Png.readTexts(file, PngLimits.DEFAULT).get(KEYWORD);
    if (text == null) {
      throw label.broken(
          "is a picture without the text %s, in which a picture carries a textual inversion; those hidden in pixels are not read, so choose the .pt or .safetensors file"
              .formatted(KEYWORD));
    }
    return vectors(decoded(text, label), label);
  }

  private static JsonNode decoded(String text, FileLabel label) {
    try {
      return StrictJson.parse(Base64.getMimeDecoder().decode(text), label);
    } catch (IllegalArgumentException notBase64) {
      throw label.broken(
          "its text %s is not base64; download it again".formatted(KEYWORD), notBase64);
    }
  }

  private static WordVectors vectors(JsonNode root, FileLabel label) {
    JsonNode parameters = root.path("string_to_param");
    JsonNode rows = parameters.path("*").path("TORCHTENSOR");
    int width = rows.path(0).size();
    if (parameters.size() != 1 || width == 0) {
      throw label.broken(
          "its text %s holds no vectors of one word; download it again".formatted(KEYWORD));
    }
    float[] numbers = new float[Math.multiplyExact(rows.size(), width)];
    int next = 0;
    for (JsonNode row : rows) {
      for (JsonNode number : row) {
        if (row.size() != width || !number.isNumber()) {
          throw label.broken(
              "its text %s holds rows of different lengths, or what are no numbers; download it again"
                  .formatted(KEYWORD));
        }
        numbers[next++] = number.floatValue();
      }
    }
    return InversionReader.vectors(width, rows.size(), numbers, label);
  }
}
