package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.pipeline.GenerationRequest;
import io.songe.pipeline.edit.SecondPass;
import io.songe.pipeline.edit.Upscaler;
import io.songe.pipeline.edit.Variation;
import io.songe.tensor.Wrapping;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for tiling, variations and a second pass at a higher resolution. */
final class CompositionOptions {
  @Option(names = "--tile", paramLabel = "x|y|xy")
  private @Nullable String tile;

  @Option(names = "--variation", paramLabel = "N")
  private @Nullable Long variation;

  @Option(names = "--variation-strength", paramLabel = "X")
  private String variationStrength = "0.2";

  @Option(names = "--hires", paramLabel = "X")
  private @Nullable String hires;

  @Option(names = "--hires-method", paramLabel = "${bundle:label.name}")
  private String method = Upscaler.LATENT.id();

  @Option(names = "--hires-steps", paramLabel = "N")
  private @Nullable Integer steps;

  @Option(names = "--hires-strength", paramLabel = "X")
  private String strength = "0.6";

  /**
   * A request changed as the options say.
   *
   * @throws InvalidRequestException if an option's value cannot be
   */
  GenerationRequest applyTo(GenerationRequest request, Surroundings around) {
    GenerationRequest changed = request;
    if (tile != null) {
      changed = changed.withTiling(tiling(tile, around));
    }
    double share = DecimalOption.parse("--variation-strength", variationStrength, around);
    if (variation != null) {
      changed = changed.withVariation(new Variation(variation, share));
    }
    return changed.withSecondPass(secondPass(request, around));
  }

  private static Wrapping tiling(String directions, Surroundings around) {
    return switch (directions.strip().toLowerCase(Locale.ROOT)) {
      case "x" -> Wrapping.X;
      case "y" -> Wrapping.Y;
      case "xy", "yx" -> Wrapping.XY;
      default -> throw new InvalidRequestException(around.say(Text.UNKNOWN_TILING, directions));
    };
  }

  private SecondPass secondPass(GenerationRequest request, Surroundings around) {
    Upscaler upscaler = Upscaler.named(method);
    double share = DecimalOption.parse("--hires-strength", strength, around);
    if (hires == null) {
      return new SecondPass.None();
    }
    PictureSize enlarged =
        new PictureSize(request.width(), request.height())
            .times(DecimalOption.parse("--hires", hires, around), "--hires", around);
    return new SecondPass.Enlarged(
        enlarged.width(),
        enlarged.height(),
        upscaler,
        steps == null ? request.steps() : steps,
        share);
  }
}
