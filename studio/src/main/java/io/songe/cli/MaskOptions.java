package io.songe.cli;

import io.songe.cli.messages.Text;
import io.songe.error.InvalidRequestException;
import io.songe.image.Mask;
import io.songe.pipeline.edit.MaskedContent;
import io.songe.pipeline.edit.Masking;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which part of a picture is drawn anew. */
final class MaskOptions {
  private static final int USUAL_BLUR = 4;
  private static final int USUAL_PADDING = 32;

  @Option(names = "--mask", paramLabel = "${bundle:label.picture}")
  private String mask = "";

  @Option(names = "--mask-reads", paramLabel = "bright|transparent")
  private @Nullable String convention;

  @Option(names = "--invert")
  private boolean inverted;

  @Option(names = "--mask-blur", paramLabel = "N")
  private @Nullable Integer blur;

  @Option(names = "--content", paramLabel = "original|fill|noise|nothing")
  private @Nullable String content;

  @Option(names = "--only-masked")
  private boolean onlyMasked;

  @Option(names = "--padding", paramLabel = "N")
  private @Nullable Integer padding;

  /**
   * The masking that was asked for.
   *
   * @return empty if there is no mask
   * @throws InvalidRequestException if something is said of a mask that is not given, or cannot be
   */
  Optional<Masking> masking(Surroundings around) {
    if (padding != null && !onlyMasked) {
      throw needs("--padding", "--only-masked", around);
    }
    if (mask.isEmpty()) {
      requireNothingOfAMask(around);
      return Optional.empty();
    }
    return Optional.of(
        new Masking(
            StartPicture.read(mask, around).source(),
            convention(around),
            inverted,
            blur == null ? USUAL_BLUR : blur,
            content == null ? MaskedContent.ORIGINAL : MaskedContent.named(content),
            onlyMasked
                ? new Masking.Area.AroundMask(padding == null ? USUAL_PADDING : padding)
                : new Masking.Area.Whole()));
  }

  private void requireNothingOfAMask(Surroundings around) {
    if (convention != null) {
      throw needs("--mask-reads", "--mask", around);
    }
    if (inverted) {
      throw needs("--invert", "--mask", around);
    }
    if (blur != null) {
      throw needs("--mask-blur", "--mask", around);
    }
    if (content != null) {
      throw needs("--content", "--mask", around);
    }
    if (onlyMasked) {
      throw needs("--only-masked", "--mask", around);
    }
  }

  /** The refusal of an option that means nothing without another. */
  static InvalidRequestException needs(String option, String other, Surroundings around) {
    return new InvalidRequestException(around.say(Text.OPTION_NEEDS, option, other));
  }

  private Mask.Convention convention(Surroundings around) {
    if (convention == null) {
      return Mask.Convention.BRIGHT;
    }
    return switch (convention.strip().toLowerCase(Locale.ROOT)) {
      case "bright" -> Mask.Convention.BRIGHT;
      case "transparent" -> Mask.Convention.TRANSPARENT;
      default -> throw new InvalidRequestException(around.say(Text.UNKNOWN_CONVENTION, convention));
    };
  }
}
