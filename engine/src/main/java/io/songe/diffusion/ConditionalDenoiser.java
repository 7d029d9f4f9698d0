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

  /**
   * How much of the noisy sample passes by the network into the estimate: c_skip of Karras et al.
   * 2022, equation 7. {@link Guidance} needs it to rescale what the network alone contributed.
   *
   * @param sigma the noise level
   * @return the factor; 0 where the network gives the estimate itself
   */
  default double skip(double sigma) {
    return 0;
  }
}
