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
  private static final double USUAL_VARIATION = 0.2;
  private static final double USUAL_STRENGTH = 0.6;

  @Option(names = "--tile", paramLabel = "x|y|xy")
  private @Nullable String tile;

  @Option(names = "--variation", paramLabel = "N")
  private @Nullable Long variation;

  @Option(names = "--variation-strength", paramLabel = "X")
  private @Nullable String variationStrength;

  @Option(names = "--hires", paramLabel = "X")
  private @Nullable String hires;

  @Option(names = "--hires-method", paramLabel = "${bundle:label.name}")
  private @Nullable String method;

  @Option(names = "--hires-steps", paramLabel = "N")
  private @Nullable Integer steps;

  @Option(names = "--hires-strength", paramLabel = "X")
  private @Nullable String strength;

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
    if (variation != null) {
      changed =
          changed.withVariation(
              new Variation(
                  variation,
                  or("--variation-strength", variationStrength, USUAL_VARIATION, around)));
    } else if (variationStrength != null) {
      throw MaskOptions.needs("--variation-strength", "--variation", around);
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
    if (hires == null) {
      requireNothingOfASecondPass(around);
      return new SecondPass.None();
    }
    PictureSize enlarged =
        new PictureSize(request.width(), request.height())
            .times(DecimalOption.parse("--hires", hires, around), "--hires", around);
    return new SecondPass.Enlarged(
        enlarged.width(),
        enlarged.height(),
        method == null ? Upscaler.LATENT : Upscaler.named(method),
        steps == null ? request.steps() : steps,
        or("--hires-strength", strength, USUAL_STRENGTH, around));
  }

  private void requireNothingOfASecondPass(Surroundings around) {
    if (method != null) {
      throw MaskOptions.needs("--hires-method", "--hires", around);
    }
    if (steps != null) {
      throw MaskOptions.needs("--hires-steps", "--hires", around);
    }
    if (strength != null) {
      throw MaskOptions.needs("--hires-strength", "--hires", around);
    }
  }

  private static double or(
      String option, @Nullable String text, double usual, Surroundings around) {
    return text == null ? usual : DecimalOption.parse(option, text, around);
  }
}
