package io.songe.model.vae;

import io.songe.tensor.Tensor;

/**
 * How raw latents are brought to a standard deviation of about 1 for diffusion. Rombach et al.
 * 2022, appendix G.
 *
 * @param factor what shifted raw latents are multiplied by, above 0
 * @param shift what is taken from raw latents first
 */
public record LatentScale(double factor, double shift) {
  /** Checks the factor. */
  public LatentScale {
    // In single precision, where the latents are, neither it nor its inverse may vanish.
    if (!((float) factor > 0) || Float.isInfinite((float) factor)) {
      throw new IllegalArgumentException("a scaling factor is a number above 0, got " + factor);
    }
    if (!Double.isFinite(shift)) {
      throw new IllegalArgumentException("a shift is a finite number, got " + shift);
    }
  }

  /**
   * A scale without a shift.
   *
   * @param factor what raw latents are multiplied by, above 0
   * @return the scale
   */
  public static LatentScale of(double factor) {
    return new LatentScale(factor, 0);
  }

  /** As the diffusion network sees them. */
  Tensor fromRaw(Tensor latents) {
    return (shift == 0 ? latents : latents.minus(shift)).times(factor);
  }

  /** As the autoencoder's networks see them. */
  Tensor toRaw(Tensor latents) {
    Tensor unscaled = latents.dividedBy(factor);
    return shift == 0 ? unscaled : unscaled.plus(shift);
  }
}
