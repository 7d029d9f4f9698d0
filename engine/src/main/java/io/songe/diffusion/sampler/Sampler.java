package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.SchedulerConfig;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Tensor;

/**
 * Turns a noisy sample into a clean one, step by step. A sampler has no state: the same arguments
 * give the same sample, if the noise is at the same place of its stream.
 */
@FunctionalInterface
public interface Sampler {
  /**
   * Samples. What is computed on the way is freed step by step.
   *
   * <p>Interrupting the thread cancels: before each step the interrupt status is asked for and
   * cleared. Samplers throw {@link io.songe.error.EngineException} if a step gives numbers that are
   * not finite.
   *
   * @param denoiser estimates the clean sample; called with levels above 0: those of {@code sigmas}
   *     and others that the algorithm needs
   * @param x the sample at the first level, {@code [batch, channels, height, width]}; not changed
   * @param sigmas the levels to visit
   * @param noise for the samplers that add some; the others leave it alone
   * @param listener hears of every step
   * @return the sample at the last level, as x, in the scope of the caller
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener);

  /**
   * This algorithm with the options that a model's configuration sets, such as its order.
   *
   * @param config of the model that is drawn with
   * @return a sampler; this one where the configuration says nothing that concerns it
   */
  default Sampler tunedTo(SchedulerConfig config) {
    return this;
  }
}
