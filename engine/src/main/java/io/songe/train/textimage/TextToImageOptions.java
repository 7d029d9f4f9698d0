package io.songe.train.textimage;

import io.songe.diffusion.SchedulerConfig;
import io.songe.tensor.DType;

/**
 * How a text-to-image model learns.
 *
 * @param scheduler the noise levels, and what the U-Net's answer means
 * @param weighting how much each noise level counts
 * @param batch samples in a step, at least 1
 * @param dropout how many captions are left out, so that the model also learns to draw without one,
 *     which guidance needs (Ho and Salimans 2021, algorithm 1); from 0 to 1, where 1 makes a model
 *     that listens to nothing
 * @param seed of everything that is left to chance
 * @param dtype in which the networks compute, FLOAT32 or BFLOAT16; weights, loss and optimizer stay
 *     in FLOAT32
 */
public record TextToImageOptions(
    SchedulerConfig scheduler,
    SnrWeighting weighting,
    int batch,
    double dropout,
    long seed,
    DType dtype) {
  /**
   * Checked.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public TextToImageOptions {
    if (batch < 1) {
      throw new IllegalArgumentException("a step looks at 1 sample at least, got " + batch);
    }
    if (!(dropout >= 0 && dropout <= 1)) {
      throw new IllegalArgumentException(
          "the part of captions that is left out is between 0 and 1, got " + dropout);
    }
    if (dtype != DType.FLOAT32 && dtype != DType.BFLOAT16) {
      throw new IllegalArgumentException(
          "networks are trained in FLOAT32 or BFLOAT16, got " + dtype);
    }
  }
}
