package io.songe.diffusion;

import io.songe.tensor.Tensor;

/** Estimates the clean sample that fits what is given, such as a phrase. */
@FunctionalInterface
public interface ConditionalDenoiser {
  /**
   * The estimate of the clean sample.
   *
   * @param x the noisy sample, {@code [batch, channels, height, width]}, FLOAT32
   * @param sigma the noise level: a standard deviation in units of the sample, above 0
   * @param given what the sample must fit, for each of the batch
   * @return the denoised sample, as x
   */
  Tensor denoise(Tensor x, double sigma, Conditioning given);
}
