package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * {@link Dpm2} to below the next level, then fresh noise up to it, as {@link EulerAncestral} does:
 * the ancestral sampling of Ho et al. 2020, algorithm 2, with the midpoint step of Lu et al. 2022,
 * "DPM-Solver", algorithm 1. The middle of a step to below the next level is the next level itself:
 * the network is told the same timestep there as in the next step, where diffusers on a curve
 * rounds one of the two. The noise of the last step, whose factor is 0, is drawn too.
 */
public record Dpm2Ancestral() implements CorrectingSampler {
  @Override
  public Tensor correct(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          double down = next * next / sigma;
          double up = Math.sqrt(next * next - down * down);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          Tensor arrived = Dpm2.midpoint(denoiser, path.x(), denoised, sigma, down);
          path.moveTo(arrived.plus(noise.next(x.shape()).times(up)), denoised);
        }
      }
      return path.end();
    }
  }
}
