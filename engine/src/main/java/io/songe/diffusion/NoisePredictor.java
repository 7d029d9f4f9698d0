package io.songe.diffusion;

import io.songe.tensor.Tensor;

/**
 * A raw network of diffusion. What its output means (the noise, the velocity, the sample) is a
 * {@code Prediction}'s to say.
 */
@FunctionalInterface
public interface NoisePredictor {
  /**
   * The network's output.
   *
   * @param x scaled noisy sample, {@code [batch, channels, height, width]}, FLOAT32
   * @param timesteps {@code [batch]}, FLOAT32, in the units of the training schedule (0 to 999)
   * @param given what the sample must fit, for each of the batch
   * @return {@code [batch, channels, height, width]}, FLOAT32
   */
  Tensor predict(Tensor x, Tensor timesteps, Conditioning given);
}
