package io.songe.pipeline.edit;

import io.songe.error.InvalidRequestException;
import io.songe.image.Resampling;
import io.songe.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is enlarged before it is drawn anew: as latents, which saves decoding and encoding
 * and leaves more to be drawn, or as pixels. The latents' labels are A1111's.
 */
public enum Upscaler {
  /** Latents, bilinear. */
  LATENT("Latent", LatentScaling.BILINEAR, null),
  /** Latents, bilinear, antialiased where they shrink. */
  LATENT_ANTIALIASED("Latent (antialiased)", LatentScaling.BILINEAR_ANTIALIASED, null),
  /** Latents, bicubic. */
  LATENT_BICUBIC("Latent (bicubic)", LatentScaling.BICUBIC, null),
  /** Latents, bicubic, antialiased where they shrink. */
  LATENT_BICUBIC_ANTIALIASED(
      "Latent (bicubic antialiased)", LatentScaling.BICUBIC_ANTIALIASED, null),
  /** Latents, each repeated. */
  LATENT_NEAREST("Latent (nearest)", LatentScaling.NEAREST, null),
  /** Latents, each repeated, by their centres. */
  LATENT_NEAREST_EXACT("Latent (nearest-exact)", LatentScaling.NEAREST_EXACT, null),
  /** Pixels, each repeated. */
  NEAREST("Nearest", null, Resampling.NEAREST),
  /** Pixels, bilinear. */
  BILINEAR("Bilinear", null, Resampling.BILINEAR),
  /** Pixels, bicubic. */
  BICUBIC("Bicubic", null, Resampling.BICUBIC),
  /** Pixels, by Lanczos' kernel. */
  LANCZOS("Lanczos", null, Resampling.LANCZOS3);

  private final String label;
  private final @Nullable LatentScaling latents;
  private final @Nullable Resampling pixels;

  Upscaler(String label, @Nullable LatentScaling latents, @Nullable Resampling pixels) {
    this.label = label;
    this.latents = latents;
    this.pixels = pixels;
  }

  /** {@return the name in commands and recipes, such as {@code latent-bicubic}} */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@return the name as people are shown it} */
  public String label() {
    return label;
  }

  /** {@return how pixels are resampled; empty where latents are} */
  public Optional<Resampling> resampling() {
    return Optional.ofNullable(pixels);
  }

  /**
   * Latents at another size.
   *
   * @param x {@code [batch, channels, height, width]}
   * @param height new height in latents
   * @param width new width in latents
   * @return {@code [batch, channels, height, width]}
   * @throws IllegalStateException if this upscaler is for pixels
   */
  public Tensor enlarge(Tensor x, int height, int width) {
    if (latents == null) {
      throw new IllegalStateException(this + " enlarges pixels");
    }
    return latents.apply(x, height, width);
  }

  /**
   * The upscaler of a name.
   *
   * @param name an id or a label, in any case
   * @return the upscaler
   * @throws InvalidRequestException if there is none of that name
   */
  public static Upscaler named(String name) {
    String wanted = name.strip();
    return Arrays.stream(values())
        .filter(each -> each.id().equalsIgnoreCase(wanted) || each.label.equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(() ->
            new InvalidRequestException(
                "unknown way to enlarge \""
                    + name
                    + "\"; known are "
                    + Arrays.stream(values()).map(Upscaler::id).collect(Collectors.joining(", "))));
  }
}
