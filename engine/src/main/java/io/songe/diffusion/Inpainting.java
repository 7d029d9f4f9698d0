package io.songe.diffusion;

import io.songe.tensor.Tensor;

/**
 * A denoiser that draws a part of a sample and leaves the rest as it is known to be: what is kept
 * is shown to the network at the present noise level, and given back clean. Lugmayr et al. 2022,
 * "RePaint", equation 8, without its resampling; any network can do it.
 *
 * <p>The kept part is the known sample with always the same noise. At the first level the sample is
 * taken as it was started, which may be from noise alone.
 *
 * @param denoiser draws
 * @param painted 1 where is drawn and 0 where is kept, {@code [1, 1, height, width]}
 * @param known the clean sample, {@code [batch, channels, height, width]}
 * @param noise of standard deviation 1, as {@code known}
 * @param first the noise level at which sampling starts
 */
public record Inpainting(
    Denoiser denoiser, Tensor painted, Tensor known, Tensor noise, double first)
    implements Denoiser {
  @Override
  public Tensor denoise(Tensor x, double sigma) {
    Tensor seen = sigma < first ? joined(x, known.plus(noise.times(sigma))) : x;
    return joined(denoiser.denoise(seen, sigma), known);
  }

  /**
   * What was drawn, with what was kept put back.
   *
   * @param drawn a clean sample, as {@code known}
   * @return as {@code known}
   */
  public Tensor finish(Tensor drawn) {
    return joined(drawn, known);
  }

  private Tensor joined(Tensor drawn, Tensor kept) {
    return kept.plus(drawn.minus(kept).times(painted));
  }
}
