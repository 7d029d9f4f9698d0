package io.songe.checkpoint;

import io.songe.diffusion.Prediction;
import io.songe.file.FileLabel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code .yaml} file beside a model of one file, with which its authors configured their own
 * program. Of all that it says one thing is needed, what the U-Net predicts: {@code
 * parameterization: "v"}, or in the newer program a class whose name has {@code VScaling} in it.
 * Noise is what that program takes where nothing is said.
 */
final class YamlSidecar {
  private static final List<String> EXTENSIONS = List.of(".yaml", ".yml");
  private static final int MOST_BYTES = 1 << 20;

  private static final Pattern VELOCITY =
      Pattern.compile(
          "^[^#\\n]*(\\bparameterization\\s*:\\s*[\"']?v[\"']?\\s*(#.*)?$|[.]VScaling)",
          Pattern.MULTILINE);

  private YamlSidecar() {}

  /**
   * Looks for such a file.
   *
   * @param model the file of the model
   * @return what the U-Net predicts, if there is a file beside that has the same name but for the
   *     extension
   * @throws io.songe.error.BrokenFileException if it cannot be read
   */
  static Optional<Prediction> beside(Path model) {
    return EXTENSIONS.stream()
        .map(extension -> model.resolveSibling(SingleFile.stem(model) + extension))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(YamlSidecar::read);
  }

  private static Prediction read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return VELOCITY.matcher(text).find() ? new Prediction.Velocity() : new Prediction.Epsilon();
    } catch (IOException failure) {
      throw FileLabel.of(file).unreadable(failure);
    }
  }
}
