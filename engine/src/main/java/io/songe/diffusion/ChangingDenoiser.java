package io.songe.diffusion;

import io.songe.tensor.Tensor;
import java.util.List;

/**
 * A denoiser that is another one in each step, so that what is wanted may change on the way.
 *
 * @param sigmas the levels that are visited
 * @param denoisers one for each step; the same may serve many
 */
public record ChangingDenoiser(Sigmas sigmas, List<Denoiser> denoisers) implements Denoiser {
  /**
   * A checked denoiser.
   *
   * @throws IllegalArgumentException if there are more or fewer denoisers than steps
   */
  public ChangingDenoiser {
    denoisers = List.copyOf(denoisers);
    if (denoisers.size() != sigmas.steps()) {
      throw new IllegalArgumentException(
          "each step has a denoiser, got " + denoisers.size() + " for " + sigmas.steps());
    }
  }

  @Override
  public Tensor denoise(Tensor x, double sigma) {
    return denoisers.get(sigmas.stepAt(sigma)).denoise(x, sigma);
  }
}
