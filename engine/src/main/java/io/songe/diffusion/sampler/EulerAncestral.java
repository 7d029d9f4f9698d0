package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.error.InvalidRequestException;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Euler steps to below the next level, then fresh noise up to it: the ancestral sampling of Ho et
 * al. 2020, algorithm 2, in the coordinates of Karras et al. 2022. The noise of the last step,
 * whose factor is 0, is drawn too: the stream then stands where diffusers leaves it.
 *
 * @param eta share of the noise that is fresh, in [0, 1]; 1 for all of it, 0 for {@link Euler}
 */
public record EulerAncestral(double eta) implements Sampler {
  /** Checks the range. */
  public EulerAncestral {
    if (!(eta >= 0 && eta <= 1)) {
      throw new InvalidRequestException("eta must be from 0 to 1, got " + eta);
    }
  }

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          double up = eta * next * Math.sqrt(1 - next * next / (sigma * sigma));
          double down = Math.sqrt(next * next - up * up);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          Tensor away = path.x().minus(denoised);
          Tensor fresh = noise.next(x.shape());
          path.moveTo(denoised.plus(away.times(down / sigma)).plus(fresh.times(up)), denoised);
        }
      }
      return path.end();
    }
  }
}
