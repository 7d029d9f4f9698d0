package io.songe.pipeline;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.NoisePredictor;
import io.songe.diffusion.SamplingPlan;

/** What a picture is drawn towards, such as a prompt that was read. */
@FunctionalInterface
interface Towards {
  /**
   * The denoiser that draws towards it.
   *
   * @param plan of the steps
   * @param network the model's U-Net, or one around it that shows it further channels
   * @return a denoiser that lives in the present scope
   */
  Denoiser denoiser(SamplingPlan plan, NoisePredictor network);
}
