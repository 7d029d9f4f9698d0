package io.songe.diffusion;

import io.songe.tensor.Tensor;

/**
 * Estimates the clean sample: {@code D(x; sigma)} of Karras et al. 2022, equation 3. The noisy
 * sample is the clean one plus noise of standard deviation sigma.
 */
@FunctionalInterface
public interface Denoiser {
  /**
   * The estimate of the clean sample.
   *
   * @param x the noisy sample, {@code [batch, channels, height, width]}, FLOAT32
   * @param sigma the noise level: a standard deviation in units of the sample, above 0
   * @return the denoised sample, as x
   */
  Tensor denoise(Tensor x, double sigma);
}
