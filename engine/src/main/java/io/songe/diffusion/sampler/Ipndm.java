package io.songe.diffusion.sampler;

import io.songe.diffusion.Denoiser;
import io.songe.diffusion.Sigmas;
import io.songe.random.NoiseSource;
import io.songe.tensor.Scope;
import io.songe.tensor.Tensor;

/**
 * Pseudo linear multistep without a costly start: the four-step formula of Liu, Ren, Lin and Zhao
 * 2022 (equation 12), reached by formulas of one, two and three steps. Zhang and Chen 2023, "Fast
 * Sampling of Diffusion Models with Exponential Integrator", where it is called iPNDM. The
 * coefficients are those of equal steps, whatever the steps are. A step to noise level 0 is
 * straight, as in the programs that offer this sampler for images; diffusers' class, which is made
 * for an audio model's levels, extrapolates there too.
 */
public record Ipndm() implements Sampler {
  private static final int MOST = 4;

  @Override
  public Tensor sample(
      Denoiser denoiser, Tensor x, Sigmas sigmas, NoiseSource noise, StepListener listener) {
    try (Trajectory path = new Trajectory(x, sigmas, listener);
        History slopes = new History(MOST)) {
      for (int i = 0; i < sigmas.steps(); i++) {
        try (Scope _ = path.step()) {
          double sigma = sigmas.at(i);
          double next = sigmas.at(i + 1);
          Tensor denoised = denoiser.denoise(path.x(), sigma);
          slopes.add(sigma, path.x().minus(denoised).dividedBy(sigma));
          double[] weights = AdamsWeights.equallySpaced(next == 0 ? 1 : slopes.size());
          Tensor aim = slopes.addMeanTo(denoised, -sigma, weights);
          path.moveTo(Euler.towards(aim, path.x(), sigma, next), denoised);
        }
      }
      return path.end();
    }
  }
}
