package io.songe.diffusion.sampler;

import io.songe.tensor.Tensor;

/**
 * Hears how far sampling is. Called on the sampling thread exactly once at the end of each step,
 * also of steps that ask the denoiser twice. {@link DpmFast} counts steps of its own, fewer than
 * were asked for; {@link DpmAdaptive} says how many of the listed steps it has come past and may
 * leave numbers out. What it throws ends the sampling.
 */
@FunctionalInterface
public interface StepListener {
  /**
   * A step has ended. The tensors are freed when this returns: copy what is to stay.
   *
   * @param step number of the step, from 1 on
   * @param total number of steps
   * @param x the sample that the step arrived at, {@code [batch, channels, height, width]}
   * @param denoised the estimate of the clean sample that the step started with, as x: a preview
   */
  void stepped(int step, int total, Tensor x, Tensor denoised);

  /** {@return a listener that does nothing} */
  static StepListener none() {
    return (step, total, x, denoised) -> {};
  }
}
